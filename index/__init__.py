"""First floor: searching a collection of articles in both languages."""
