"""The names of the code are nouns: `python -m tests.house` lists pronouns and the like, and then ends with code 1.

Looks at variables, parameters, attributes, functions, classes and modules, not at constants. The packages in `EXEMPT`
still have such names. An exemption ends when it is not needed any more, so that the list only gets shorter.
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
EXEMPT = {"tests"}


def names_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything that a module names."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name


def package_of(path: Path) -> str:
    """Package of a file: `quotum/law`, `tests`, or `quotum` for the modules beside its packages."""
    return "/".join(path.parent.parts[: 2 if path.parts[0] == "quotum" else 1])


def wrong_names() -> list[tuple[str, str]]:
    """Package and message of every name that is not allowed."""
    result = []
    for file in sorted(file for folder in ("quotum", "jobs", "tests") for file in (ROOT / folder).rglob("*.py")):
        path = file.relative_to(ROOT)
        names = [(1, path.stem), *names_in(ast.parse(file.read_text("utf-8")))]
        result += [
            (package_of(path), f"{path}:{line}: `{name}` is no noun")
            for line, name in sorted(names)
            if not name.isupper() and name.strip("_").lower() in NO_NAMES
        ]
    return result


if __name__ == "__main__":
    wrong = wrong_names()
    needed = {package for package, _ in wrong}
    messages = [message for package, message in wrong if package not in EXEMPT]
    messages += [f"{package} needs no exemption any more: take it out of EXEMPT" for package in sorted(EXEMPT - needed)]
    sys.exit("\n".join(messages) or 0)
