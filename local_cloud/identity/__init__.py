"""The local stand-in of Google's identity: who a process is, proved with the same tokens and the same checks."""
