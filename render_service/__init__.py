"""The press: lessons into narrated slide videos."""
