"""Which rows readers do not see yet: those of imports that are not published. Higher rooms say which these are."""

from collections.abc import Callable

Batches = Callable[[], frozenset[str]]
_sources: list[Batches] = []


def register_hidden_batches(source: Batches) -> None:
    """`source` is asked on each reading of the trail and names the batches that are still open. Called once, at start."""
    if source not in _sources:
        _sources.append(source)


def hidden_batches() -> frozenset[str]:
    """All batches whose rows are hidden now."""
    return frozenset().union(*(source() for source in _sources))
