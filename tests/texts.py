"""Finds Chinese in the code that a reader could see and no catalogue would translate."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import ROOT
from tools.messages import KEYWORDS

CHINESE = re.compile(r"[　-〿㐀-鿿＀-￯]")
"""Han characters, and the punctuation that is written between them."""
EXAMPLES = {
    "川": "the first character of a plate",
    "王": "a name",
    "凉山": "a region",
    "美姑": "a region",
}
"""What English sentences give as examples of something Chinese."""
BOTH_LANGUAGES = re.compile(r"。/ [A-Z][^　-〿㐀-鿿＀-￯]+$")
"""Before there are settings nothing can be translated: such a sentence says it twice, «中文。/ English.»"""
TAGS = re.compile(
    r"{#.*?#}"
    r"|{%-?\s*comment\b.*?endcomment\s*-?%}"
    r"|{%-?\s*blocktranslate\b.*?endblocktranslate\s*-?%}"
    r"|{%-?\s*translate\b.*?%}"
    r"|_\((?P<quote>[\"']).*?(?P=quote)\)",
    re.DOTALL,
)
OWN_LANGUAGE = re.compile(r"<(?P<tag>\w+)[^>]*\slang=\"zh-Hans\".*?</(?P=tag)>")
"""An element that says itself that it is Chinese: the switch to that language."""


def unmarked_in_template(path: Path) -> list[str]:
    """The lines of a template with Chinese outside of the tags that translate."""
    text = OWN_LANGUAGE.sub("", TAGS.sub(_same_lines, (ROOT / path).read_text("utf-8")))
    return [f"{path}:{number}" for number, line in enumerate(text.splitlines(), 1) if CHINESE.search(line)]


def _same_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def unmarked_in_python(path: Path) -> list[str]:
    """The Chinese texts of a file that no function marks: neither docstrings, nor the names of a table's columns."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    passed = {id(node) for node in _passed(tree)}
    return [f"{path}:{line}: {text}" for line, text in _texts(tree, passed) if _needs_english(text)]


def _needs_english(text: str) -> bool:
    return bool(CHINESE.search(text)) and not BOTH_LANGUAGES.search(text)


def _texts(node: ast.AST, passed: set[int]) -> Iterator[tuple[int, str]]:
    """Every text below a node with its line; the pieces of one f-string are one text."""
    if id(node) in passed:
        return
    if isinstance(node, ast.JoinedStr):
        pieces = (str(part.value) for part in node.values if isinstance(part, ast.Constant))
        yield node.lineno, "…".join(pieces)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in () if isinstance(node, ast.JoinedStr) else ast.iter_child_nodes(node):
        yield from _texts(child, passed)


def _passed(tree: ast.Module) -> Iterator[ast.AST]:
    """What need not be marked, or is marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call):
            yield from _passed_in(node)
        elif isinstance(node, ast.Dict):
            # A word of somebody's data beside what it is called.
            pairs = zip(node.keys, node.values, strict=True)
            yield from (key for key, value in pairs if key and _is_marked(value))


def _is_marked(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS


def _passed_in(call: ast.Call) -> Iterator[ast.AST]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in KEYWORDS:
        yield from (argument for argument in call.args if isinstance(argument, ast.Constant))
    elif name.endswith("Field") or name in {"ForeignKey", "OneToOneField"}:
        # The name of a column is for whoever reads the database; forms carry labels of their own.
        yield from (argument for argument in call.args[:1] if isinstance(argument, ast.Constant))
        yield from (word.value for word in call.keywords if word.arg == "verbose_name")
