// Sorting of tables that ask for it. A cell may say its value in data-value (ISO dates, plain numbers).
const language = document.documentElement.lang || "en";
const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });

function value(row, column) {
  const cell = row.children[column];
  return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
}

function compare(one, other) {
  if (one === other) return 0;
  if (one === "") return 1; // what is empty stands last in either direction's own order
  if (other === "") return -1;
  const a = Number(one);
  const b = Number(other);
  return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(one, other) : a - b;
}

function sort(table, header, column) {
  const falling = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  rows.sort((one, other) => compare(value(one, column), value(other, column)) * (falling ? -1 : 1));
  body.append(...rows);
}

for (const frame of document.querySelectorAll("[data-sortable]")) {
  const table = frame.querySelector("table");
  if (!table?.tHead || !table.tBodies.length) continue;
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    if (!header.textContent.trim() || header.hasAttribute("data-unsorted")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.title = frame.dataset.sortWords || "";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sort(table, header, column));
  });
}

// Whether columns stand beyond the edge: it fades then, until one has come to the last.
function edge(frame) {
  frame.toggleAttribute("data-more", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 2);
}

// A table that fits needs no stop on the way of the keyboard. What fits changes with the window, with a face that
// arrives late and with what opens inside, so the frame and the table in it are both watched.
function stop(frame) {
  if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
  else frame.removeAttribute("tabindex");
  edge(frame);
}
const sizes = new ResizeObserver((seen) => {
  for (const frame of new Set(seen.map(({ target }) => target.closest(".table")))) stop(frame);
});
for (const frame of document.querySelectorAll(".table")) {
  frame.addEventListener("scroll", () => edge(frame), { passive: true });
  sizes.observe(frame);
  for (const inside of frame.children) sizes.observe(inside);
}
