// Keys of the text room: n and p walk the open brackets, e opens the box, o the outline, f the search in the text. Every one of
// them is a link or a field of the page too.
const text = document.querySelector("[data-text]");
const typing = (element) => element?.closest("input, select, textarea, [contenteditable]");

// The first label of every outermost bracket: it leads to who stands where.
function brackets() {
  return [...text.querySelectorAll(".said > * > .text-bracket")].map((each) => each.querySelector(":scope > a.text-who")).filter(Boolean);
}

function walk(step) {
  const all = brackets();
  const here = document.activeElement;
  let next;
  if (here && text.contains(here)) {
    const inside = here.closest(".said > * > .text-bracket");
    const at = inside ? all.findIndex((each) => inside.contains(each)) : -1;
    if (at >= 0) next = all[at + step];
    else {
      const order = (each) => here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
      next = step > 0 ? all.find(order) : all.filter((each) => !order(each)).pop();
    }
  } else {
    const top = (each) => each.getBoundingClientRect().top;
    next = step > 0 ? all.find((each) => top(each) > 0) || all[0] : all.filter((each) => top(each) < 0).pop();
  }
  if (next) {
    next.focus({ preventScroll: true });
    next.closest("li").scrollIntoView({ block: "center" });
  } else if (step > 0) text.querySelector(".text-more a")?.focus();
}

// The paragraph one stands in, else the first that is to be seen.
function present() {
  const inside = document.activeElement?.closest("[data-text] > li");
  return inside || [...text.children].find((each) => each.getBoundingClientRect().bottom > 120);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const outline = document.querySelector(".text-outline");
  if (event.key === "n" || event.key === "p") walk(event.key === "n" ? 1 : -1);
  else if (event.key === "e" && present()?.dataset.box) location.assign(present().dataset.box);
  else if (event.key === "o" && outline) {
    outline.open = !outline.open;
    outline.querySelector(outline.open ? "a" : "summary").focus();
  } else if (event.key === "f") document.getElementById("find-in-text").select();
  else return;
  event.preventDefault();
}

// The letter after "g" goes to a room: it is none of these keys.
let gone = 0;
document.addEventListener("keydown", (event) => {
  if (event.key === "g") gone = Date.now();
  else if (Date.now() - gone < 1500) gone = 0;
  else if (text) press(event);
});

const keys = document.querySelector("#keys dl.keys");
const more = document.querySelector("template[data-page-keys]");
if (keys && more) keys.append(more.content.cloneNode(true));
