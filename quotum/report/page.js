"use strict";
// Sorts a table by the column whose heading is pressed; pressed again, the other way round.
(function () {
  var words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  function key(row, place) {
    var cell = row.cells[place];
    var order = cell.dataset.order;
    return order === undefined ? cell.textContent.trim() : order;
  }
  function number(text) {
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  }
  function compare(one, other) {
    var first = number(one), second = number(other);
    return first !== null && second !== null ? first - second : words.compare(one, other);
  }
  function absent(text) {
    return text === "" || text === "–";
  }
  document.querySelectorAll("table").forEach(function (table) {
    var headings = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
    headings.forEach(function (heading, place) {
      heading.querySelector("button").addEventListener("click", function () {
        var down = heading.getAttribute("aria-sort") === "ascending";
        var rows = Array.from(table.tBodies[0].rows);
        rows.sort(function (one, other) {
          var first = key(one, place), second = key(other, place);
          if (absent(first) || absent(second)) { return Number(absent(first)) - Number(absent(second)); }
          return down ? compare(second, first) : compare(first, second);
        });
        headings.forEach(function (other) { other.removeAttribute("aria-sort"); });
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
      });
    });
  });
})();
