"""How good the courses are that come out of real chapters."""
