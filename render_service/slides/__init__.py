"""Slides as pictures: one drawing function for each layout of `course.models.lesson`."""
