"""The conversation: Chainlit at the edge."""
