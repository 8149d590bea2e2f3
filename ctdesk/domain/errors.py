"""Errors a person can cause: each message is one plain sentence that says what is wrong and what to do next."""


class DeskError(Exception):
    """Something a person can put right; the message is shown as it stands and nothing was altered."""
