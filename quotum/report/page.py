"""A page as a self-contained HTML file: nothing from the network, a single small script, readable in print."""

import base64
import re
from functools import cache
from hashlib import sha256
from importlib import resources

import jinja2
from markupsafe import Markup, escape

from quotum.report.parts import Chart, Page
from quotum.report.pictures import on_the_page
from quotum.report.reader import Reader
from quotum.version import __version__


@cache
def _part(name: str) -> str:
    return resources.files("quotum.report").joinpath(name).read_text("utf-8")


def _breakable(text: str) -> Markup:
    """Allows line breaks in long names of parameters."""
    return Markup(re.sub(r"(?<=\w)([._])(?=[a-z])", r"\1<wbr>", str(escape(text))))  # noqa: S704 - escaped here


def render(page: Page, reader: Reader) -> bytes:
    """Renders a page as UTF-8; the same page gives the same bytes."""
    script = _part("page.js")
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["chart"] = lambda shown: isinstance(shown, Chart)
    # The drawings, the style and the script are quotum's own; everything else is escaped.
    environment.filters["drawing"] = lambda chart: Markup(on_the_page(chart, page, reader))  # noqa: S704
    environment.filters["breakable"] = _breakable
    text = environment.from_string(_part("page.html.jinja")).render(
        page=page,
        reader=reader,
        say=reader.say,
        version=__version__,
        style=Markup(_part("page.css")),  # noqa: S704
        script=Markup(script),  # noqa: S704
        script_digest=base64.b64encode(sha256(script.encode()).digest()).decode(),
    )
    return text.encode()


__all__ = ["render"]
