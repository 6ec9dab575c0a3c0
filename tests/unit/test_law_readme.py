"""The page of the law says what the law says, and everything it points to is there."""

import re

import pytest

from tests.make_law_readme import PAGE, page

LINKS = sorted(set(re.findall(r"\]\(([^)]+)\)", page())))


def test_the_page_is_made_of_the_law_as_it_is():
    assert PAGE.read_text("utf-8") == page(), "write it anew: python -m tests.make_law_readme"


@pytest.mark.parametrize("link", LINKS)
def test_what_it_points_to_is_there(link):
    assert (PAGE.parent / link).exists()
