"""What things look like: cards, the course panel's data, changes in words, profiles and their starters."""
