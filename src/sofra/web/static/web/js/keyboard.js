// "/" searches, "g" then a letter goes, arrows and Enter walk lists and tables, "?" shows the keys.
const WAIT = 1500; // ms in which the letter after "g" counts
let going = 0;

const typing = (element) => element?.closest("input, select, textarea, [contenteditable]");

function openKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog?.showModal) return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

function go(letter) {
  if (letter === "h") {
    document.querySelector(".wordmark")?.click();
    return;
  }
  for (const link of document.querySelectorAll("a[data-key]")) {
    if (link.dataset.key === letter) {
      link.click();
      return;
    }
  }
}

// What arrows walk through: the first link of every entry of the list or table one stands in, else of the first on the page.
function stops() {
  const here = document.activeElement?.closest("[data-walk], .entries, .table tbody");
  const place = here || document.querySelector("main [data-walk], main .entries, main .table tbody");
  if (!place) return [];
  const found = [...place.children].map((entry) => (entry.matches("a[href]") ? entry : entry.querySelector("a[href], button")));
  return found.filter((stop) => stop && stop.offsetParent !== null);
}

function walk(step) {
  const all = stops();
  if (!all.length) return false;
  const entry = all.findIndex((stop) => stop === document.activeElement || stop.closest("li, tr")?.contains(document.activeElement));
  const next = entry < 0 ? (step > 0 ? 0 : -1) : entry + step;
  if (next < 0 || next >= all.length) return entry >= 0;
  all[next].focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (going && Date.now() - going < WAIT && event.key.length === 1) {
    going = 0;
    event.preventDefault();
    go(event.key.toLowerCase());
    return;
  }
  going = 0;
  if (event.key === "/") {
    const field = [...document.querySelectorAll("[data-search]")].find((input) => input.offsetParent !== null);
    const link = document.querySelector(".search-link");
    if (field || link) event.preventDefault();
    if (field) field.select();
    else link?.click();
  } else if (event.key === "g") {
    going = Date.now();
  } else if (event.key === "?") {
    if (openKeys()) event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    // Arrows scroll as ever, unless one already stands in a list.
    const inside = document.activeElement?.closest("main [data-walk], main .entries, main .table tbody");
    if (inside && walk(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.key === "j" || event.key === "k") {
    if (walk(event.key === "j" ? 1 : -1)) event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open-keys]") && openKeys()) event.preventDefault();
});

// An error summary is where reading continues after a refused form.
document.querySelector(".error-summary")?.focus();
