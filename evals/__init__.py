"""Top floor: how often the assistant is right, with intervals."""
