"""The cloud on one machine: Postgres, storage, tasks, an OpenAI-compatible API, and `up`."""
