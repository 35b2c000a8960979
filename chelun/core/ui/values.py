"""Small things that pages show: a number with its meaning, a fact with its source, a moment of a history, a tab."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Stat:
    """A number that opens to its rows. `definition` says in words what is counted, `as_of` when it was true.

    `about` is what only some want to read: it lies folded beneath.
    """

    label: Text
    value: str
    url: str = ""
    unit: Text = ""
    definition: Text = ""
    as_of: str = ""
    tone: str = ""
    about: Text = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a file: what is known, and where it came from. `reveal_url` makes a masked value one that can be asked for.

    `note` stands under the value, for instance what another source says instead; `why` under the source. What no source said
    has instead when it was done (`when`) or by whom (`by`): who hears the page is told which it is.
    """

    label: Text
    value: Text
    source: Text = ""
    source_url: str = ""
    url: str = ""
    reveal_url: str = ""
    note: Text = ""
    why: Text = ""
    when: Text = ""
    by: Text = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a history, newest first. Tone is one of ok, warn, bad, info, idle or ''."""

    when: str
    title: Text
    text: Text = ""
    who: Text = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a page that has its own address."""

    label: Text
    url: str
    current: bool = False
    count: str = ""
