"""Formats of files: what each holds is taken out as text, with what it says about itself."""
