"""The authors, with the real client against a real server."""
