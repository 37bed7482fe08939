"""How long a turn takes, beside the plainest app that could give the same answer."""
