"""Limits of size that ruff does not know: file ≤ 400 lines, function ≤ 40, view ≤ 20, median function under 10."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

FILE, FUNCTION, VIEW, MEDIAN = 400, 40, 20, 10
DECLARED = {"page", "own_page", "public_page"}


def sources() -> Iterator[Path]:
    """Every Python file under version control or about to be, without tests and migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py"], capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        path = Path(name)
        if path.exists() and not {"tests", "migrations"} & set(path.parts):
            yield path


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function carries a page declaration."""
    names = (getattr(d, "func", d) for d in node.decorator_list)
    return any(getattr(name, "id", getattr(name, "attr", "")) in DECLARED for name in names)


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Each function of a file with its length in lines, without decorators and docstring."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def complaints() -> Iterator[str]:
    """A line for each file or function that is too long, and one if the median is."""
    lengths = []
    for path in sources():
        lines = path.read_text("utf-8").count("\n")
        if lines > FILE:
            yield f"{path}: {lines} lines (at most {FILE})"
        for node, length in functions(path):
            lengths.append(length)
            bound = VIEW if is_view(node) else FUNCTION
            if length > bound:
                yield f"{path}:{node.lineno} {node.name} has {length} lines (at most {bound})"
    if lengths and median(lengths) >= MEDIAN:
        yield f"the median function has {median(lengths)} lines (under {MEDIAN})"


def main() -> int:
    """Print all complaints; 1 if there are any."""
    found = list(complaints())
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
