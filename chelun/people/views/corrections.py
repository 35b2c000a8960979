"""The form that shows what one place holds of a file, to be changed: for a correction, and for a change that others check."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest
from chelun.people.displays.facts import is_masked
from chelun.people.displays.words import fact_masked
from chelun.people.forms import RowForm
from chelun.people.rules.cells import BETWEEN
from chelun.people.rules.facts import Facts
from chelun.people.rules.papers import NO_END
from chelun.people.services.amending import UNCHANGED, cells_of, facts_of
from chelun.people.views.shared import kind_names
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.registers import own_columns

SECRET_FACTS = {"phone": "phones", "phone2": "phones"}
NOTHING: Mapping[str, str] = {}


def wanted_home(request: PageRequest, homes: Sequence[str]) -> str:
    """The place whose facts are corrected: the one that is asked for, else the one that knew last."""
    asked = request.GET.get("home", "")
    return asked if asked in homes else homes[0]


def correction_form(request: PageRequest, person: UUID, home: str) -> RowForm:
    """The form for a person."""
    return amending_form(request, "person", person, home)


def amending_form(
    request: PageRequest, register: str, subject: UUID, home: str, proposed: Mapping[str, str] = NOTHING
) -> RowForm:
    """The cells that stand on a file, sensitive ones empty with their masked value beside them; `proposed` ones instead."""
    facts = facts_of(request.actor, register, subject, home)
    return form_of(request, register, facts, home, UNCHANGED[register], proposed)


def form_of(
    request: PageRequest,
    register: str,
    facts: Facts,
    home: str,
    left_out: Iterable[str] = (),
    proposed: Mapping[str, str] = NOTHING,
) -> RowForm:
    """The same where the facts are known, without some cells."""
    cells = {**cells_of(register, facts), **proposed}
    initial: dict[str, Any] = {name: cell for name, cell in cells.items() if not is_secret(register, name)}
    initial["kinds"] = [kind for kind in cells["kinds"].split(BETWEEN) if kind]
    if cells.get("valid_to") == NO_END.isoformat():
        initial |= {"valid_to": "", "long_term": "yes"}
    form = RowForm(
        request.POST or None,
        register=register,
        kinds=kind_names(request.scope),
        leave=left_out,
        own=own_columns(placed(home)).get(register, ()),
        initial=initial,
    )
    for name, field in form.fields.items():
        held = fact_masked(SECRET_FACTS.get(name, name), facts.get(SECRET_FACTS.get(name, name)))
        if is_secret(register, name) and held:
            field.help_text = _("现登记：{value}。不改就留空。").format(value=held)
            if name == "phone2":
                field.help_text = _("要添加一个电话才填，已登记的保留。")
    return form


def shown_cells(form: RowForm) -> dict[str, str]:
    """The cells of a valid form; a sensitive one that was left empty stays as it is."""
    return {name: cell for name, cell in form.raw().items() if cell or not is_secret(form.register, name)}


def is_secret(register: str, name: str) -> bool:
    """Whether a cell is never shown in the form, only masked beside it."""
    return is_masked(register, SECRET_FACTS.get(name, name))
