"""Trains the static student of `index/student.py`; needs torch, which the student itself does not."""
