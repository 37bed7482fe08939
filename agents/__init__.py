"""The authors: the only package that knows AutoGen."""
