// The clock of a deadline: what is left, to the second, and the instant in the reader's own zone.
const NEAR = 24 * 3600; // seconds before the end from which it is due
const tag = document.documentElement.lang || "en";
const language = tag === "en" ? "en-GB" : tag; // day before month
const clocks = [...document.querySelectorAll("[data-deadline]")];

function left(clock, seconds) {
  const { days, hours, minutes, seconds: second } = clock.dataset;
  const d = Math.floor(seconds / 86400);
  const h = Math.floor((seconds % 86400) / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = seconds % 60;
  const two = (n) => String(n).padStart(2, "0");
  if (d) return `${d} ${days} ${h} ${hours} ${two(m)} ${minutes}`;
  if (h) return `${h} ${hours} ${two(m)} ${minutes} ${two(s)} ${second}`;
  return `${m} ${minutes} ${two(s)} ${second}`;
}

function tick() {
  const now = Date.now();
  for (const clock of clocks) {
    const seconds = Math.floor((Date.parse(clock.dataset.deadline) - now) / 1000);
    clock.dataset.near = String(seconds >= 0 && seconds < NEAR);
    clock.dataset.past = String(seconds < 0);
    const words = seconds < 0 ? clock.dataset.passed : left(clock, seconds);
    const place = clock.querySelector(".left");
    if (place.textContent !== words) place.textContent = words;
  }
}

for (const clock of clocks) {
  const at = new Date(clock.dataset.deadline);
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(at);
  const hand = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0"));
  const time = hand.join(language === "tr" ? "." : ":");
  clock.querySelector(".other").textContent = `${day}, ${time} (${clock.dataset.yours})`;
}
if (clocks.length) {
  tick();
  setInterval(tick, 1000);
}
