"""A page taken apart with the standard parser: what its tables, charts and identifiers are."""

from html.parser import HTMLParser


class Parts(HTMLParser):
    """Identifiers, charts, tables, scripts and addresses of a page."""

    def __init__(self, page: bytes):
        super().__init__()
        self.identifiers: list[str] = []
        self.charts: list[dict[str, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._table = ""
        self._in_chart = ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        self._open.append(tag)
        self.identifiers += [values["id"]] if "id" in values else []
        self.addresses += [value for name, value in attrs if name in ("href", "src", "xlink:href", "srcset")]
        if tag == "svg":
            self.charts.append({"role": values.get("role", ""), "title": "", "desc": "", **values})
        elif tag == "table":
            self._table = values["id"]
            self.tables[self._table] = []
        elif tag == "tr":
            self.tables[self._table].append([])
        elif tag in ("td", "th"):
            self.tables[self._table][-1].append("")

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        inside = self._open[-1] if self._open else ""
        if inside not in ("script", "style"):
            self.text.append(data)
        if inside in ("title", "desc") and "svg" in self._open:
            self.charts[-1][inside] += data
        elif {"td", "th"} & set(self._open) and "button" not in self._open:
            self.tables[self._table][-1][-1] += data.strip()

    @property
    def words(self):
        """All text."""
        return " ".join(" ".join(self.text).split())
