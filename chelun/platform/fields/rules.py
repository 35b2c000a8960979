"""What may be a field of a place. Pure but for the sentences; judged by the rules that judge a roster's columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.ui import listed
from chelun.engines.tables.columns import KIND_LABELS
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.heads import fold
from chelun.engines.tables.columns.own_fields import forbidden_kind
from chelun.engines.tables.columns.script import plain
from chelun.platform.fields.choices import COUNTED, FieldType

MOST_FIELDS, MOST_OPTIONS, MOST_HEADS = 30, 40, 10
LONGEST_LABEL, LONGEST_HEAD, LONGEST_HELP, LONGEST_UNIT = 20, 30, 100, 8
_ODD = re.compile("[\u2e80-\u2fdf\ue000-\uf8ff]")
"""Radicals and private characters look like words and are none: nobody could judge them."""
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Draft:
    """A field as somebody wants it. `options` are (code or '' for a new one, label)."""

    label: str
    help: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    options: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    shown: bool = False
    filtered: bool = False
    counted: bool = False
    taken: Mapping[str, str] = field(default_factory=dict)
    """Heads that mean something else already, folded, with what they mean."""


def sealed_at_first(register: str, type_: str) -> bool:
    """Whether values of such a field lie sealed unless somebody decides otherwise.

    Of a person everything does but a choice and a yes or no: these say only what their options say, which are judged when
    the field is made and few enough to be judged; a text, a day or a number of a person may say anything of him.
    Of a firm or a vehicle nothing does.
    """
    return register == PERSON and type_ not in (FieldType.CHOICE, FieldType.YES_NO)


def tidy(text: str) -> str:
    """One line as it is kept: half width, without invisible characters, single spaces."""
    return " ".join(plain(text).split())


def taken_heads(specs: Iterable[FieldSpec], fields: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Every head that means a field already, folded, with the label of the field that it means."""
    known = [(_(spec.label), (spec.label, *spec.heads, *spec.lent)) for spec in specs]
    known += [(label, (label, *heads)) for label, heads in fields]
    return {fold(head): label for label, heads in known for head in heads}


def judge(draft: Draft, type_: str, *, sealed: bool) -> None:
    """Refused with a sentence for a field that may not be: what it is called, what it may hold, where it would show."""
    _judge_kind(draft)
    _judge_words(draft)
    _judge_heads(draft)
    if type_ == FieldType.CHOICE:
        _judge_options(draft.options)
    if draft.low is not None and draft.high is not None and draft.low > draft.high:
        raise Refused("fields.bounds", _("最小值大于最大值，请核对。"))
    _judge_uses(draft, type_, sealed)


def _judge_words(draft: Draft) -> None:
    if not draft.label or not any(character.isalpha() for character in draft.label):
        raise Refused("fields.label", _("请写字段名称，用文字写，例如“所属片区”。"))
    for text, limit in ((draft.label, LONGEST_LABEL), *((head, LONGEST_HEAD) for head in draft.heads)):
        if len(text) > limit or not text.isprintable() or set(text) & set("/\\<>|"):
            sentence = _("“{text}”不能作列名：不超过 {limit} 个字，不带斜线、竖线和尖括号。")
            raise Refused("fields.head", sentence.format(text=text[:LONGEST_HEAD], limit=limit))

    if len(draft.help) > LONGEST_HELP or len(draft.unit) > LONGEST_UNIT:
        sentence = _("填写说明不超过 {help} 个字，单位不超过 {unit} 个字。")
        raise Refused("fields.long", sentence.format(help=LONGEST_HELP, unit=LONGEST_UNIT))


def _judge_kind(draft: Draft) -> None:
    labels = [label for _code, label in draft.options]
    if _ODD.search("".join([draft.label, *draft.heads, draft.unit, draft.help, *labels])):
        raise Refused("fields.odd", _("有部首或自造的字，请改用普通汉字。"))
    kind = forbidden_kind([draft.label, *draft.heads, draft.unit, draft.help], labels)
    if kind:
        sentence = _("这个字段涉及“{kind}”，名册不得登记，不能建立。")
        raise Refused("fields.forbidden", sentence.format(kind=_(KIND_LABELS[kind])))


def _judge_heads(draft: Draft) -> None:
    if len(draft.heads) > MOST_HEADS:
        raise Refused("fields.heads", _("其他列名最多 {most} 个。").format(most=MOST_HEADS))
    for head in (draft.label, *draft.heads):
        known = draft.taken.get(fold(head))
        if known:
            sentence = _("“{head}”已经是“{known}”的列名，请换一个名称，或直接用已有的这一项。")
            raise Refused("fields.taken", sentence.format(head=head, known=known))


def _judge_options(options: Sequence[tuple[str, str]]) -> None:
    labels = [fold(label) for _code, label in options]
    if not 2 <= len(labels) <= MOST_OPTIONS:
        raise Refused("fields.options", _("请写 2 到 {most} 个选项，一行一个。").format(most=MOST_OPTIONS))
    twice = [
        label for (_code, label), spelled in zip(options, labels, strict=True) if labels.count(spelled) > 1
    ]
    if twice:
        raise Refused(
            "fields.options_twice", _("选项重复：{options}。").format(options=listed(dict.fromkeys(twice)))
        )
    if any(not label or len(label) > LONGEST_LABEL for _code, label in options):
        raise Refused("fields.option", _("每个选项 1 到 {limit} 个字。").format(limit=LONGEST_LABEL))


def _judge_uses(draft: Draft, type_: str, sealed: bool) -> None:
    if sealed and (draft.shown or draft.counted):
        raise Refused(
            "fields.sealed_use", _("加密的项不在名单里显示，也不在驾驶舱计数，请取消这两项，或不加密。")
        )
    if draft.counted and type_ not in COUNTED:
        raise Refused("fields.counted", _("只有选项、是或否、数字可以在驾驶舱计数。"))
