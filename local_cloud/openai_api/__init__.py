"""OpenAI's API on one machine: chat by the built-in author, embeddings and speech, without key or network."""
