"""One measure a file, with its source at the formula. A measure that does not apply gives None, which is not zero."""
