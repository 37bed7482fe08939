"""The built-in author: plans and writes by extraction from the material it is given, and invents nothing."""
