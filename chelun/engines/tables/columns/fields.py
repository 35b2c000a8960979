"""What a register declares about its sheet: the fields, their usual heads, their kinds.

The registers themselves (people, vehicles …) live above and hand these values in; nothing here knows one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

#: Every kind of content a field may declare. `kinds.py` knows how each looks.
KINDS = frozenset(
    {
        "person_name",
        "firm_name",
        "id_number",
        "certificate",
        "phone",
        "uscc",
        "plate",
        "plate_colour",
        "vin",
        "date",
        "sex",
        "yes_no",
        "number",
        "region",
        "address",
        "choice",
        "text",
        "note",
    }
)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a register's sheet.

    `label` is Chinese, the msgid and a head of its own; `heads` are further heads, in any width or script; `choices`
    maps each value to its synonyms (kind `choice`); a field with `many` may be fed by several columns (remarks), every
    other field by one: a second phone is a field of its own (`phone2`) with the same heads. `lent` are heads of another
    field that are this one's as well where every value is one of `choices` (岗位 over 货车司机), unless another column
    has a head of its own.
    """

    name: str
    label: str
    kind: str
    heads: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    example: str = ""
    hint: str = ""
    many: bool = False
    lent: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: unknown kind {self.kind}")
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"{self.name}: a choice needs choices")
        if self.lent and not self.choices:
            raise ValueError(f"{self.name}: lent heads need choices")


def check_fields(fields: Sequence[FieldSpec]) -> None:
    """Raise ValueError when two fields of one sheet share a name."""
    names = [spec.name for spec in fields]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"fields declared twice: {', '.join(twice)}")
