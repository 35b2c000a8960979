"""Which handling needs an impact assessment first: rooms above say so, duties and settings ask.

`NEEDS` holds what is going on (a duty waits while it is not assessed); `GUARDED` the settings that cannot be switched on before.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from chelun.core.registries import Registry


@dataclass(frozen=True, slots=True)
class Need:
    """Something that needs an assessment of an occasion (`choices.Occasion`); `goes_on` says whether it happens in a region."""

    name: str
    label: Promise | str
    occasion: str
    goes_on: Callable[[str], bool]


NEEDS: Registry[Need] = Registry("need of an assessment")
GUARDED: Registry[str] = Registry("setting that needs an assessment")
"""Key of a setting → the occasion that must be assessed before it is switched on."""
