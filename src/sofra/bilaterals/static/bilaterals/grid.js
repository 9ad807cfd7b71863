// Drags a meeting to another cell and shows what that breaks and costs before it is done; arrows walk from meeting to meeting.
// Everything here is also done by the links and forms of the page, without it.
const grids = document.querySelectorAll("[data-grid]");
const dialog = document.querySelector("[data-dialog]");
let held = null;

async function show(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Part": "1" }, ...options });
  if (answer.redirected) {
    location.assign(answer.url);
    location.reload();
    return;
  }
  const type = answer.headers.get("Content-Type") || "";
  if (!type.startsWith("text/html")) return;
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!part.getElementById("move-title")) return location.assign(address);
  dialog.replaceChildren(...part.body.childNodes);
  if (!dialog.open) dialog.showModal();
}

function price(address, slot, room) {
  const asked = new URL(address, location.href);
  asked.searchParams.set("slot", slot);
  if (room) asked.searchParams.set("room", room);
  show(asked).catch(() => location.assign(asked));
}

document.addEventListener("dragstart", (event) => {
  const met = event.target.closest?.("[data-move]");
  if (!met || !dialog) return;
  held = met;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", met.textContent.trim());
  met.classList.add("met-held");
});

document.addEventListener("dragend", () => {
  held?.classList.remove("met-held");
  held = null;
  document.querySelectorAll(".grid-over").forEach((cell) => cell.classList.remove("grid-over"));
});

for (const grid of grids) {
  grid.addEventListener("dragover", (event) => {
    const cell = event.target.closest("[data-at]");
    if (!held || !cell) return;
    event.preventDefault();
    grid.querySelectorAll(".grid-over").forEach((each) => each !== cell && each.classList.remove("grid-over"));
    cell.classList.add("grid-over");
  });
  grid.addEventListener("drop", (event) => {
    const cell = event.target.closest("[data-at]");
    if (!held || !cell) return;
    event.preventDefault();
    price(held.dataset.move, cell.dataset.at, cell.dataset.in || held.dataset.room);
  });
}

dialog?.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
});

dialog?.addEventListener("submit", (event) => {
  const form = event.target;
  const body = new FormData(form, event.submitter);
  event.preventDefault();
  show(form.action, { method: "POST", body }).catch(() => form.submit());
});

// Arrows: to the next meeting in that direction.
function step(from, across, down) {
  const row = from.closest("tr");
  const cell = from.closest("td");
  if (!row || !cell) return null;
  const rows = [...row.parentElement.children];
  const cells = (each) => [...each.querySelectorAll("td")];
  let y = rows.indexOf(row) + down;
  let x = cells(row).indexOf(cell) + across;
  const width = cells(row).length;
  while (y >= 0 && y < rows.length && x >= 0 && x < width) {
    const near = down ? cells(rows[y]).slice(x).concat(cells(rows[y]).slice(0, x).reverse()) : [cells(rows[y])[x]];
    for (const each of near) {
      const link = each?.querySelector("a.met-names");
      if (link) return link;
    }
    y += down;
    x += across;
  }
  return null;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
for (const grid of grids) {
  grid.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    const here = document.activeElement?.closest("a.met-names");
    if (!way || !here || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    step(here, ...way)?.focus();
  });
}

// What was just moved glows once.
const moved = location.hash.startsWith("#m-") && document.getElementById(location.hash.slice(1));
if (moved) {
  moved.classList.add("glow");
  moved.querySelector("a")?.focus({ preventScroll: true });
}
