"""How exactly a teacher's words change a course, and what an edit costs as course and history grow."""
