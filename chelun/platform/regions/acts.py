"""Who did something in a place, by name, for rooms below those that know accounts and archives."""

from collections.abc import Callable, Iterable, Mapping

from chelun.core.registries import Registry

Act = tuple[str, str]
"""A place, and the log-in of somebody who did something there."""

NAMINGS: Registry[Callable[[Iterable[Act]], Mapping[Act, str]]] = Registry("naming of acts")


def named(acts: Iterable[Act]) -> Mapping[Act, str]:
    """The name of the person behind each act: what `chelun.platform.archives.selectors.names_of_acts` says."""
    return NAMINGS["archives"](acts)
