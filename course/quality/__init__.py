"""The quality of a lesson and of a course, checked by plain code: no model is asked."""
