"use strict";
// Saves a chart as SVG or PNG, with the heading that the page shows as text. Nothing leaves the page.
(function () {
  function whole(svg) {
    var copy = svg.cloneNode(true), sides = svg.dataset.whole.split(" ");
    copy.setAttribute("viewBox", svg.dataset.whole);
    copy.setAttribute("width", sides[2]);
    copy.setAttribute("height", sides[3]);
    copy.removeAttribute("data-whole");
    return { text: new XMLSerializer().serializeToString(copy), width: Number(sides[2]), height: Number(sides[3]) };
  }
  function save(content, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }
  function pixels(picture, done) {
    var image = new Image(), canvas = document.createElement("canvas");
    canvas.width = 2 * picture.width;
    canvas.height = 2 * picture.height;
    image.addEventListener("load", function () {
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
  }
  document.querySelectorAll(".save").forEach(function (part) {
    var svg = part.parentNode.querySelector("svg");
    part.hidden = false;
    part.querySelectorAll("button").forEach(function (button) {
      button.addEventListener("click", function () {
        var picture = whole(svg), name = button.dataset.name + "." + button.dataset.kind;
        if (button.dataset.kind === "svg") {
          save(new Blob([picture.text], { type: "image/svg+xml" }), name);
        } else {
          pixels(picture, function (content) { save(content, name); });
        }
      });
    });
  });
})();
// Says of a table that is wider than its place that it scrolls, and shows a shadow where it goes on.
(function () {
  function look(place) {
    var wider = place.scrollWidth > place.clientWidth + 1;
    place.previousElementSibling.hidden = !wider;
    place.classList.toggle("scrolling", wider && place.scrollLeft + place.clientWidth < place.scrollWidth - 1);
  }
  var places = Array.from(document.querySelectorAll(".table"));
  function all() { places.forEach(look); }
  places.forEach(function (place) { place.addEventListener("scroll", function () { look(place); }); });
  window.addEventListener("resize", all);
  all();
})();
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
