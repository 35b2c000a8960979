"""The one way in which a service says no. Views turn it into a page; nothing here knows HTTP."""


class Refused(Exception):
    """A service will not do what was asked.

    `code` is stable and for machines; `message` is a sentence for the clerk, in the language of the
    request, that says what is wrong and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotFound(Exception):
    """The row does not exist for this reader: absent and out of scope are the same answer (404)."""
