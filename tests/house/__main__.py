"""The names of the code are nouns: `python -m tests.house` lists pronouns and the like, and then ends with code 1.

Looks at variables, parameters, attributes, functions, classes and modules, not at constants.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NO_NAMES = {
    "ahead", "apart", "both", "done", "each", "found", "made", "meant", "mine", "one", "ones", "ours", "said", "same",
    "some", "taken", "theirs", "them", "then", "there", "these", "they", "those", "told", "why",
}  # fmt: skip


def names_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything that a module names."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name


def wrong_names() -> list[str]:
    """A message about every name that is not allowed."""
    result = []
    for file in sorted(file for folder in ("quotum", "jobs", "tests") for file in (ROOT / folder).rglob("*.py")):
        path = file.relative_to(ROOT)
        names = [(1, path.stem), *names_in(ast.parse(file.read_text("utf-8")))]
        result += [
            f"{path}:{line}: `{name}` is no noun"
            for line, name in sorted(names)
            if not name.isupper() and name.strip("_").lower() in NO_NAMES
        ]
    return result


if __name__ == "__main__":
    sys.exit("\n".join(wrong_names()) or 0)
