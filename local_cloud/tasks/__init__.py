"""A server of the Cloud Tasks v2 API on one machine: named tasks, kept on disk, dispatched over HTTP, retried."""
