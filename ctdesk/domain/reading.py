"""How reading a typed value may fail: it cannot be read at all, or it can but a person should be asked."""

from ctdesk.domain.errors import DeskError


class Unreadable(DeskError):
    """A typed value that cannot be taken; the message completes a sentence that begins with the value."""


class Doubtful(Unreadable):
    """A typed value with a likely meaning that should be confirmed; `suggestion` is that meaning."""

    def __init__(self, message: str, suggestion: object) -> None:
        super().__init__(message)
        self.suggestion = suggestion
