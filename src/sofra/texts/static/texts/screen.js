// The screen of the room: asks for what stands every second and a half, and can be made black at once.
const EVERY = 1500; // milliseconds
const place = document.querySelector("[data-screen]");
const black = document.querySelector("[data-black]");
const lost = document.querySelector("[data-lost]");
let tag = "";

function toggle() {
  const on = document.body.classList.toggle("text-black");
  black.setAttribute("aria-pressed", String(on));
}

async function ask() {
  try {
    const answer = await fetch(place.dataset.screen, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    lost.hidden = answer.ok || answer.status === 304;
    if (answer.ok) {
      tag = answer.headers.get("ETag") || "";
      const before = new Map([...place.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each.textContent]));
      place.innerHTML = (await answer.json()).html;
      for (const each of place.querySelectorAll("[data-key]")) {
        if (before.size && before.get(each.dataset.key) !== each.textContent) each.classList.add("glow");
      }
    }
  } catch {
    lost.hidden = false;
  }
  setTimeout(ask, EVERY);
}

black.addEventListener("click", toggle);
document.addEventListener("keydown", (event) => {
  if (event.key === "b" && !event.ctrlKey && !event.metaKey && !event.altKey) toggle();
});
setTimeout(ask, EVERY);
