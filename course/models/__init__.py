"""The domain in pydantic: the same types are what agents answer with, what is stored and what is rendered."""
