"""What a user may do wrong, told in two lines."""


class UserError(Exception):
    """A fault that its user can mend.

    Every face shows `message` (what was wrong, with the value) and `help` (what is allowed, how to mend it) without a
    traceback; the command exits with status 1. Any other exception is a defect of this project.

    Args:
        message: One line: what was wrong, naming the value.
        help: One line: what is allowed, or the command that mends it. May be empty.
    """

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message} {self.help}".strip()
