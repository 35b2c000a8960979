"""What a place may decide for itself: its words, its kinds of work, what is switched on. Declarations, no tables.

A value is looked up from the county over its city to its province; the nearest one wins, else the default. Other
rooms declare their own with `SETTINGS.add`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chelun.core.registries import Registry

Text = str | Promise
Value = str | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a place may decide. `kind` is 'text', 'choice' or 'flag'; only a choice has `choices`.

    A text without a default of its own (None) is one of the words and takes it from the pack of words in force.
    """

    key: str
    kind: str
    label: Text
    help: Text
    default: Text | bool | None
    group: str = "words"
    choices: Mapping[str, Text] = field(default_factory=dict)


SETTINGS: Registry[Setting] = Registry("place setting")

GUARDS: Registry[Callable[[str, str, Value], None]] = Registry("guard of settings")
"""Asked before a place gets a value (region, key, value): rooms above refuse what must not be switched on yet."""

GROUPS: dict[str, tuple[Text, Text]] = {
    "words": (_("用语"), _("先选一套用语，再逐项改成本地的叫法。")),
    "kinds": (_("工种"), _("可以改叫法。停用后，新登记时不再列出；已登记的不受影响。")),
    "modules": (_("功能"), ""),
}
"""Headings of the page, with what is to be known of all settings below."""

PACK = "words.pack"
PACKS: dict[str, Text] = {
    "industry": _("交通行业党委"),
    "union": _("工会"),
    "association": _("行业协会"),
    "city": _("城市服务"),
}
DEFAULT_PACK = "industry"

WORDS: dict[str, dict[str, Text]] = {
    "station": {
        "industry": _("司机之家"),
        "union": _("工会驿站"),
        "association": _("驿站"),
        "city": _("城市驿站"),
    },
    "committee": {
        "industry": _("行业党委"),
        "union": _("行业工会联合会"),
        "association": _("行业协会"),
        "city": _("行业委员会"),
    },
    "unit": {
        "industry": _("党支部"),
        "union": _("工会小组"),
        "association": _("会员小组"),
        "city": _("服务站点"),
    },
}
"""Word → what each pack calls it."""

_WORD_LABELS: dict[str, tuple[Text, Text]] = {
    "station": (_("服务司机的场所"), _("例如：司机之家、暖心之家、红色驿站、驿站。")),
    "committee": (_("牵头的组织"), _("例如：行业党委、行业委员会。")),
    "unit": (_("基层组织"), _("例如：党支部、工会小组。")),
}

WORK_KINDS: dict[str, Text] = {
    "truck": _("货车"),
    "ride_hail": _("网约车"),
    "taxi": _("出租车"),
    "bus": _("公交"),
    "coach": _("客运"),
    "courier": _("快递"),
    "delivery": _("外卖"),
    "road_care": _("养护"),
    "post_passenger": _("客货邮"),
}
"""Kinds of work by their stored codes. A place may rename one or switch it off; it may not add one here."""

MEMBERSHIP = "membership_enabled"


def word_key(word: str) -> str:
    """The setting that holds a word: station → word.station."""
    return f"word.{word}"


def kind_key(code: str) -> str:
    """The setting that holds the name of a kind of work."""
    return f"kind.{code}"


def kind_switch(code: str) -> str:
    """The setting that says whether a kind of work is in use."""
    return f"kind.{code}.on"


def _declare() -> None:
    _add(Setting(PACK, "choice", _("用语组"), "", DEFAULT_PACK, "words", PACKS))
    for word, (label, text) in _WORD_LABELS.items():
        _add(Setting(word_key(word), "text", label, text, None, "words"))
    for code, kind_label in WORK_KINDS.items():
        name, switch = _of(kind_label, _("叫法")), _of(kind_label, _("是否使用"))
        _add(Setting(kind_key(code), "text", name, "", kind_label, "kinds"))
        _add(Setting(kind_switch(code), "flag", switch, "", True, "kinds"))
    membership_help = _("成员组织模块单独保管数据，未安装时此项不起作用。")
    _add(Setting(MEMBERSHIP, "flag", _("启用成员组织模块"), membership_help, False, "modules"))


def _of(kind: Text, what: Text) -> Text:
    return format_lazy("{} · {}", kind, what)


def _add(setting: Setting) -> None:
    SETTINGS.add(setting.key, setting)


_declare()
