"""What is said in Markdown files, to be checked: links and anchors, and command lines with the output shown below."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from tests.helpers import HOUSE

ELLIPSIS: Final = "..."
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@frozen
class Shown:
    """A command line that a page shows."""

    page: str
    line: int
    command: str
    output: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.command}"

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command, comments=True)


def pages() -> list[Path]:
    """Every Markdown file of the house."""
    own = (HOUSE, HOUSE / "jobs", HOUSE / "quotum", HOUSE / "tests", HOUSE / "fixtures", HOUSE / "requirements")
    paths = [path for folder in own for path in (folder.glob("*.md") if folder == HOUSE else folder.rglob("*.md"))]
    return sorted(set(paths))


def without_code(text: str) -> str:
    """The text of a page outside its blocks and words of code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    """Links of a page to a file or heading that is not there; what lies on a network is not looked at."""
    broken = []
    for target in _LINK.findall(without_code(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            broken.append(f"{page.relative_to(HOUSE)}: {target}")
    return broken


def commands(page: Path) -> list[Shown]:
    """The command lines of `quotum` that a page shows in blocks of code, in order."""
    return [shown for block in _blocks(page.read_text("utf-8")) for shown in _of_block(page, block)]


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Blocks of code, fenced or indented by four, as numbered lines without their indent."""
    block: list[tuple[int, str]] = []
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        fence = line.startswith("```")
        if (fence or not (fenced or line.startswith("    "))) and block:
            yield block
            block = []
        if fence:
            fenced = not fenced
        elif fenced or line.startswith("    "):
            block.append((number, line if fenced else line[4:]))
    if block:
        yield block


def _of_block(page: Path, block: list[tuple[int, str]]) -> Iterator[Shown]:
    at = 0
    name = page.relative_to(HOUSE).as_posix()
    while at < len(block):
        number, line = block[at]
        prompt = line.startswith("$ ")
        at += 1
        if not (prompt or line.startswith("quotum ")):
            continue
        command = line.removeprefix("$ ")
        while command.endswith("\\") and at < len(block):
            command, at = f"{command}\n{block[at][1]}", at + 1
        output: list[str] = []
        while prompt and at < len(block) and not block[at][1].startswith("$ "):
            output.append(block[at][1])
            at += 1
        if re.search(r"(^|\s)quotum ", command):
            yield Shown(name, number, command, tuple(output))


def is_shown(output: tuple[str, ...], words: list[str]) -> bool:
    """Whether what a command said is what a page shows, where a line of three dots stands for any lines."""
    if not output:
        return True
    text = "\n".join(line.rstrip() for line in words) + "\n"
    pattern = "".join("(?:.*\n)*?" if line == ELLIPSIS else re.escape(line.rstrip()) + "\n" for line in output)
    return re.fullmatch(pattern, text) is not None
