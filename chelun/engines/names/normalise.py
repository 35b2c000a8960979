"""Names of persons as rosters write them: cleaning, one spelling, and refusing what is not a name.

What lives here: width, invisible characters, spaces, middle dots, notes in brackets, masks and placeholders.
What does not: anything that concludes from a name who somebody is. A name has no class, origin or sex here.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from opencc import OpenCC

from chelun.engines.faults import Fault
from chelun.engines.names import faults

LONGEST_NAME = 30
"""Characters, dots and spaces included."""
DOT = "·"

_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_SPACES = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85")
_BLANKS = frozenset("\ufffc\u3164\u115f\u1160\uffa0\u2800")
_KEPT_WIDE = frozenset("，：；！？（）、。～")
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff〇\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
_PLAIN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_CHINESE_AND_SPACES = re.compile(f"[{_CHINESE} ]+")
_BRACKETS = re.compile(r"[（(\[【〔{<《〈「『]([^）)\]】〕}>》〉」』]*)[）)\]】〕}>》〉」』]?")
_GLOSS = re.compile(r"[A-Za-z\u00c0-\u024f\u0300-\u036f\s'’.,·-]+")
_TRAILING_GLOSS = re.compile(rf"^([{_CHINESE}{DOT}]{{2,}}) +([A-Za-z\u00c0-\u024f' ]{{2,}})$")
_LABEL = re.compile(r"^(?:姓名|名字|驾驶员|司机)[:：]")
_DOTS = re.compile(r" *[・•‧∙⋅⸱·∘˙◦᛫ꞏ･·.．。] *")
_LATIN_DOT = re.compile(r"(?<=[A-Za-z])\.")
_HYPHEN = re.compile(rf"(?<=[{_CHINESE}]) *[-－—–‐‑] *(?=[{_CHINESE}])")
_MASKED = re.compile(rf"[*＊×✱✲●■◆○◯█▇#＃]|(?<=[{_CHINESE}])[XxＸｘ]{{1,3}}$|[Xx]{{3}}")
_GARBLED = re.compile("[?？\ufffd□▢]")
_SEVERAL = re.compile(r"[、，,;；/／\\|+＋&＆]")
_TITLE = re.compile(r"^.{1,2}(?:先生|女士|小姐|师傅|老板|同志)$")
_PLACEHOLDERS = frozenset(
    [
        "无",
        "无名",
        "无名氏",
        "不详",
        "未知",
        "不明",
        "暂无",
        "没有",
        "待定",
        "待补",
        "待补充",
        "待填",
        "空",
        "空白",
        "同上",
        "姓名",
        "名字",
        "略",
        "测试",
        "合计",
        "小计",
        "总计",
        "以下空白",
        "none",
        "null",
        "nan",
        "n/a",
        "na",
        "nil",
        "test",
        "unknown",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        ".",
        "。",
        "、",
    ]
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as written (`value`), its simplified form, and what stood beside it in brackets.

    `note` is free text of the roster: whoever stores it must first hold it against what a roster may not bring in.
    """

    value: str
    simplified: str
    note: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """For equality: simplified, without dots and spaces, in lower case."""
        return self.simplified.replace(DOT, "").replace(" ", "").casefold()


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out each character once, when it is first met."""

    def __missing__(self, codepoint: int) -> str:
        char = chr(codepoint)
        folded = char if char in _KEPT_WIDE else "".join(map(_folded, unicodedata.normalize("NFKC", char)))
        self[codepoint] = folded
        return folded


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in _SPACES:
        return " "
    variation = 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
    return "" if category in _DROPPED_CATEGORIES or char in _BLANKS or variation else char


class _Simplify(dict[int, str]):
    """Traditional to simplified, character by character: phrases would read a given name as a word."""

    def __missing__(self, codepoint: int) -> str:
        simple: str = _converter().convert(chr(codepoint)) if codepoint >= 0x2E80 else chr(codepoint)
        self[codepoint] = simple
        return simple


_FOLD = _Fold()
_SIMPLE = _Simplify()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def is_plain(text: str) -> bool:
    """Whether a text is two to four usual Chinese characters and nothing else, so that nothing of it needs cleaning."""
    return _PLAIN_NAME.fullmatch(text) is not None


def clean_text(text: str) -> str:
    """Half-width letters and digits, no invisible characters, single spaces; Chinese punctuation stays Chinese."""
    if is_plain(text):
        return text
    folded = text.translate(_FOLD)
    return " ".join(unicodedata.normalize("NFC", folded).split())


def simplify(text: str) -> str:
    """Traditional characters made simplified, one by one; private and rare characters stay as they are."""
    return text.translate(_SIMPLE)


def read_name(text: str | None) -> PersonName | Fault:
    """Read the name of one person, or say why the cell holds none.

    Spaces inside Chinese names of 2 to 4 characters go, middle dots become one kind, a pinyin gloss in brackets is
    dropped and any other note kept. At most 30 characters; Latin, traditional, rare and private characters stay.
    """
    if type(text) is str and _PLAIN_NAME.fullmatch(text):
        return _checked(text, "")
    cleaned = _LABEL.sub("", clean_text(text or ""))
    if not cleaned:
        return faults.NAME_EMPTY()
    if cleaned.lower() in _PLACEHOLDERS:
        return faults.NAME_PLACEHOLDER()
    name, note = _without_notes(cleaned)
    return _checked(_one_spelling(name), note)


def spelled(text: str, *, joined: bool = True) -> str:
    """A cell's name in one spelling, without notes and glosses, judged by nobody: hidden and doubtful signs stay in it.

    With `joined` the spaces inside Chinese names of 2 to 4 characters go, as `read_name` has it.
    """
    if is_plain(text):
        return text
    name = _one_dot(_without_notes(_LABEL.sub("", clean_text(text)))[0])
    return _without_spaces(name) if joined else name


def _without_notes(text: str) -> tuple[str, str]:
    """The name, and the notes beside it that are no pinyin gloss."""
    bare = _BRACKETS.sub(" ", text).strip()
    if not bare:
        return _BRACKETS.sub(r"\1", text), ""
    found = [note.strip() for note in _BRACKETS.findall(text)]
    notes = [note for note in found if note and not _GLOSS.fullmatch(note)]
    gloss = _TRAILING_GLOSS.match(bare)
    if gloss is not None:
        bare = gloss.group(1)
        notes.append(gloss.group(2))
    return " ".join(bare.split()), "；".join(notes)


def _one_spelling(name: str) -> str:
    return _without_spaces(_one_dot(name))


def _one_dot(name: str) -> str:
    if name.isascii():
        return name
    name = _HYPHEN.sub(DOT, name)
    latin = _LATIN_DOT.sub("\0", name)
    name = _DOTS.sub(DOT, latin).replace("\0", ".")
    return re.sub(f"{DOT}+", DOT, name).strip(DOT + " ")


def _without_spaces(name: str) -> str:
    if _CHINESE_AND_SPACES.fullmatch(name) and len(name.replace(" ", "")) <= 4:
        return name.replace(" ", "")
    return name


def _checked(name: str, note: str) -> PersonName | Fault:
    if "某" in name or name in _PLACEHOLDERS or name.startswith("测试"):
        return faults.NAME_PLACEHOLDER()
    if not _PLAIN_NAME.fullmatch(name):
        fault = _sign_fault(name) or _length_fault(name)
        if fault is not None:
            return fault
    return faults.NAME_TITLE() if _TITLE.match(name) else PersonName(name, simplify(name), note)


def _sign_fault(name: str) -> Fault | None:
    if _MASKED.search(name):
        return faults.NAME_MASKED()
    if _GARBLED.search(name):
        return faults.NAME_GARBLED()
    if any(unicodedata.category(char) in ("Nd", "No") for char in name):
        return faults.NAME_DIGITS()
    if _SEVERAL.search(name):
        return faults.NAME_SEVERAL()
    if any(not _may_stand_in_a_name(char) for char in name):
        return faults.NAME_BAD_CHARACTER()
    return None


def _may_stand_in_a_name(char: str) -> bool:
    """Letters and marks of any script, 〇, private and not yet known characters, and four joining signs."""
    return (
        unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nl", "Co", "Cn"}
        or char in "· .'’-"
    )


def _length_fault(name: str) -> Fault | None:
    letters = [char for char in name if unicodedata.category(char)[0] in "LNC"]
    if not letters:
        return faults.NAME_EMPTY()
    if len(letters) == 1:
        return faults.NAME_TOO_SHORT()
    if len(name) > LONGEST_NAME:
        return faults.NAME_TOO_LONG(length=len(name), limit=LONGEST_NAME)
    return None
