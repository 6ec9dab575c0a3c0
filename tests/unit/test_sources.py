"""What rules and findings go by can be opened: a provision, a format, or a page of this repository."""

import re
from pathlib import Path

import pytest

from quotum.intake.checks.row_rules import MESSAGES, OF_CALLS, all_rules
from quotum.run.findings.declared import BY_CODE, FINDINGS

HOUSE = Path(__file__).parents[2]
SOURCES = {rule.source for rule in (*all_rules(), *MESSAGES, *OF_CALLS)} | {finding.provision for finding in FINDINGS}
PAGES = sorted({match for source in SOURCES for match in re.findall(r"([\w/]+\.md)(?:, ([\w ]+))?", source)})


@pytest.mark.parametrize(("page", "chapter"), PAGES)
def test_a_page_that_is_a_source_is_there_with_its_chapter(page, chapter):
    assert f"## {chapter}" in (HOUSE / page).read_text("utf-8").splitlines()


def test_some_rules_go_by_a_page():
    assert ("quotum/intake/README.md", "Form of deliveries") in PAGES


def test_no_code_names_a_page_that_is_not_in_the_repository():
    """Neither in what is printed nor in what only a reader of the code sees."""
    known = {path.name for path in HOUSE.rglob("*.md") if ".venv" not in path.parts}
    named = {
        (path.relative_to(HOUSE).as_posix(), name)
        for folder in ("quotum", "jobs")
        for kind in ("*.py", "*.md", "*.toml")
        for path in (HOUSE / folder).rglob(kind)
        for name in re.findall(r"\w+\.md\b", path.read_text("utf-8"))
        if name not in known
    }
    assert named == set()


def test_findings_stand_in_order_each_once():
    """No two have a name or words in common, and each is said in both languages."""
    assert list(BY_CODE) == [finding.code for finding in FINDINGS]
    assert len({finding.meaning for finding in FINDINGS} | {finding.dutch for finding in FINDINGS}) == 2 * len(FINDINGS)
    assert all(finding.provision for finding in FINDINGS)
