"""What somebody typed into the search box, and the condition that finds it. Recognising is pure; nothing is logged here.

Prefixes become half-open ranges on the pinyin column, so that the (level, pinyin, id) index is walked and never a
`LIKE '%x%'`; the exact prefix is compared beside the range, because databases order letters differently.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from chelun.core.crypto import blind_index, short_index
from chelun.engines.ids import (
    PROVINCE_SIGNS,
    Fault,
    Plate,
    Uscc,
    looks_like_id_number,
    read_phone,
    read_plate,
    read_uscc,
)
from chelun.engines.names import beginnings, pinyin_of, search_keys, simplify
from chelun.engines.names.readings import SURNAMES
from chelun.people.models import PersonCard, VersionedQuerySet

_TAIL = re.compile(r"(?P<name>[^\d\s][^\d]*?)\s*(?P<tail>\d{3}[\dXx])", re.ASCII)
_DIGITS = re.compile(r"[\d\sXx*－-]+", re.ASCII)
_LONG = re.compile(r"\d{11}", re.ASCII)
_LETTERS = re.compile(r"[a-z' ]+")
_PLATE_TAIL = re.compile(r"[A-Z](?=[A-Z]{0,5}\d)[A-Z0-9]{5,6}")
_PLATE_HEAD = re.compile(r"[\u4e00-\u9fff][A-Za-z][A-Za-z0-9·.\s]*")
NO_INITIALS = frozenset("iuv")
"""Letters with which no syllable begins: a text that has one is a reading, never the first letters of a name."""
_SYLLABLES = re.compile("(?:(?:[zcs]h|[b-df-hj-np-tw-z])(?:[ae]ng?|ong|ao|er|[aeo])){2,}")
READ_FROM = 7
"""So many letters that make nothing but syllables are a reading: as first letters they would be a name of as many characters."""
WHOLE_PLATE = 7
"""A plate has no fewer signs."""
SECRET_KINDS = frozenset({"id", "phone", "tail"})
"""What must not stand in an address, and whose look-up is written down."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: `kind` is nothing, id, phone, tail, plate, uscc, chinese, latin or refused.

    `text` is the cleaned value (for tail the name), `tail` the last digits; `advice` says why it is refused. `firms` are
    those whose names hold the text, where a page has looked for them already: it looks once for all its lists.
    """

    kind: str
    text: str = ""
    tail: str = ""
    advice: str = ""
    firms: tuple[UUID, ...] | None = None

    @property
    def secret(self) -> bool:
        """Whether the value is one that stands masked in lists."""
        return self.kind in SECRET_KINDS

    @property
    def unspeakable(self) -> bool:
        """Whether it must not stand in an address: a mistyped number is still most of somebody's number."""
        return self.secret or self.kind == "refused"


def recognise(typed: str) -> Asked:
    """What somebody means by a line of text."""
    text = " ".join(typed.replace("\u3000", " ").split())[:60]
    if not text:
        return Asked("nothing")
    return _number(text) or _plate_or_code(text) or _name(text)


def in_the_open(typed: str) -> Asked:
    """As `recognise`, for what stands in an address: numbers of persons are refused there and find nobody."""
    asked = recognise(typed)
    if not asked.secret:
        return asked
    return Asked("refused", advice=_("身份证号、手机号和尾号请到“查找”页填写，这样号码不会留在网址里。"))


def _number(text: str) -> Asked | None:
    """Numbers of persons: whole ones, or last digits beside a name."""
    bare = text.replace(" ", "")
    if looks_like_id_number(bare) and len(bare) == 18:
        return Asked("id", bare.upper())
    tail = _TAIL.fullmatch(text)
    if tail and not _PLATE_HEAD.fullmatch(text):
        return Asked("tail", tail["name"].strip(), tail["tail"].upper())
    if not _DIGITS.fullmatch(text):
        return (
            Asked("refused", advice=_short_number(bare)) if _LONG.search(bare) and not _code(text) else None
        )
    phone = read_phone(bare)
    if not isinstance(phone, Fault):
        return Asked("phone", phone.value)
    return Asked("refused", advice=_short_number(bare))


def _short_number(bare: str) -> str:
    if len(bare) <= 10:
        return _("只凭尾号查不到人。请连同姓名一起填写，例如“王 1234”。")
    return _("这个号码不完整或不正确。请填写完整的 18 位身份证号或 11 位手机号。")


def _plate_or_code(text: str) -> Asked | None:
    bare = re.sub(r"[·.\s]", "", text).upper()
    if _PLATE_TAIL.fullmatch(bare):
        return Asked("plate", bare)
    if _PLATE_HEAD.fullmatch(text):
        plate = read_plate(text)
        whole = plate.number if isinstance(plate, Plate) else re.sub(r"[·.\s]", "", text).upper()
        return Asked("plate", whole)
    return _code(text)


def _code(text: str) -> Asked | None:
    code = read_uscc(text, demo_areas=True) if len(text) >= 18 else None
    return Asked("uscc", code.value) if isinstance(code, Uscc) else None


def _name(text: str) -> Asked:
    lower = text.lower()
    if _LETTERS.fullmatch(lower):
        return Asked("latin", re.sub(r"[' ]", "", lower))
    return Asked("chinese", text.replace(" ", ""))


def person_condition(asked: Asked) -> Q | None:
    """The condition on a person's card; None when nobody can be found by this (a plate is looked up by ties)."""
    match asked.kind:
        case "id":
            return Q(person__id_index=blind_index("id_number", asked.text))
        case "phone":
            return Q(phone_index=blind_index("phone", asked.text))
        case "tail":
            return name_condition(asked.text) & tail_condition(asked.tail)
        case "chinese" | "latin":
            return name_condition(asked.text)
    return None


def tail_condition(digits: str) -> Q:
    """Cards whose ID number or telephone ends so."""
    return Q(id_tail=short_index("id", digits)) | Q(phone_tail=short_index("phone", digits))


def few_of_tail(cards: VersionedQuerySet[PersonCard], asked: Asked) -> Collection[UUID]:
    """The keys of the cards with these last digits and this name.

    Their names are compared through an expression, which no index serves: a database that may walk the names takes all of
    a rare surname for fewer than the two hundred of a million who end so.
    """
    ending = cards.filter(tail_condition(asked.tail)).alias(reading=Concat("pinyin", Value("")))
    return list(ending.filter(name_condition(asked.text, "reading")).values_list("pk", flat=True))


def name_condition(text: str, pinyin: str = "pinyin") -> Q:
    """Cards whose name begins so, in characters, pinyin or initials. `pinyin` is what holds the reading."""
    lower = re.sub(r"[' ]", "", text.lower())
    if _LETTERS.fullmatch(lower):
        return _by_letters(lower, pinyin)
    return _called(text, beginnings(text), pinyin)


def name_among(cards: VersionedQuerySet[PersonCard], text: str) -> Q:
    """`name_condition` for these cards: of several readings of the text only those that one of them has.

    Readings lie apart (曾 zeng, rarely ceng): SQLite, which reads in the order of the page, would walk all between them.
    """
    readings = beginnings(text)
    if len(readings) < 2:
        return _called(text, readings)
    return _called(text, {one for one in readings if cards.filter(_called(text, {one})).exists()})


def _called(text: str, readings: Collection[str], pinyin: str = "pinyin") -> Q:
    """Cards whose name begins so in characters and is read like one of the readings; nobody without any."""
    begins = [prefix(pinyin, reading) for reading in sorted(readings)]
    names = [Q(name__startswith=each) for each in sorted({simplify(text), text})]
    within = _between(pinyin, min(readings), max(readings)) if len(begins) > 1 else Q()
    return Q(*begins, _connector=Q.OR) & within & Q(*names, _connector=Q.OR) if begins else Q(pk__in=[])


def _by_letters(letters: str, pinyin: str) -> Q:
    condition = prefix(pinyin, letters)
    if NO_INITIALS.isdisjoint(letters) and not _is_reading(letters):
        condition = read_or_initials(letters, pinyin)
    for surname, stored, other in _other_readings():
        if letters.startswith(other):
            condition |= prefix(pinyin, stored + letters[len(other) :]) & Q(name__startswith=surname)
    return condition


def read_or_initials(letters: str, pinyin: str = "pinyin") -> Q:
    """Names whose reading or first letters begin so: one range of the index, walked in order and left when the page is full."""
    begins = Q(**{f"{pinyin}__startswith": letters}) | Q(initials__startswith=letters)
    return prefix(pinyin, letters[:1]) & begins


def _is_reading(letters: str) -> bool:
    """zhangyong, chengrong: whoever looks for them among first letters walks all names of the first letter in vain."""
    return len(letters) >= READ_FROM and _SYLLABLES.fullmatch(letters) is not None


def prefix(field: str, text: str) -> Q:
    """Values of a column of lower-case letters that begin with `text`, as a range and exactly."""
    return Q(**{f"{field}__startswith": text}) & _between(field, text, text)


def _between(field: str, first: str, last: str) -> Q:
    """From the first value that begins with `first` to the last one that begins with `last`."""
    condition = Q(**{f"{field}__gte": first})
    bound = last.rstrip("z")
    if bound and bound[-1].isascii() and bound[-1].isalpha():
        condition &= Q(**{f"{field}__lt": bound[:-1] + chr(ord(bound[-1]) + 1)})
    return condition


def prefix_of_plate(plate: str, column: str = "plate") -> Q:
    """Plates that begin so; a whole one is compared as a whole, by the index; one without its province in each."""
    if plate[:1].isascii():
        return Q(**{f"{column}__in": [sign + plate for sign in PROVINCE_SIGNS]})
    return Q(**{column: plate}) if len(plate) >= WHOLE_PLATE else Q(**{f"{column}__startswith": plate})


@cache
def _other_readings() -> tuple[tuple[str, str, str], ...]:
    """(surname, reading that is stored, another that people type): 单 shan dan, 吕 lv lyu …"""
    found = []
    for surname in sorted(SURNAMES):
        stored = pinyin_of(f"{surname}一").removesuffix("yi")
        others = {reading.removesuffix("yi") for reading in search_keys(f"{surname}一")} - {stored}
        found += [(surname, stored, other) for other in sorted(others)]
    return tuple(found)
