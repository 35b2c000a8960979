"""How a page has a long chain checked in the background, though jobs are a higher room: that room registers itself."""

from collections.abc import Callable

from chelun.core.actors import Actor

# Starts a check for an actor and returns the address of the page that shows its progress.
Starter = Callable[[Actor], str]
_starters: list[Starter] = []


def register_background(starter: Starter) -> None:
    """Say how a check is started in the background. Called once, by the jobs room."""
    _starters[:] = [starter]


def start_check(actor: Actor) -> str | None:
    """The address where the check's progress is shown; None when there is no room for long work."""
    return _starters[0](actor) if _starters else None
