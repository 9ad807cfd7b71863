// Watches a schedule being worked out, and opens it once it stands. Without it the page is read anew by hand.
// A small day is decided in half a second, so the first questions come quickly; then they become rare.
const FIRST = 100; // ms
const RARE = 500;
const place = document.querySelector("[data-work-url]");

if (place?.querySelector("[data-under-way]")) {
  let tag = "";
  let pause = FIRST;
  const again = () => setTimeout(ask, pause);

  async function ask() {
    pause = Math.min(RARE, pause * 1.25);
    if (document.hidden) return again();
    try {
      const answer = await fetch(place.dataset.workUrl, {
        headers: tag ? { "If-None-Match": tag } : {},
        credentials: "same-origin",
        cache: "no-store",
      });
      if (answer.status === 401 || answer.status === 403 || answer.redirected) return;
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") || "";
        const part = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (part.querySelector("[data-ready]")) return location.reload();
        const stop = place.contains(document.activeElement); // the button stays under the hand that is on it
        place.replaceChildren(...part.body.childNodes);
        if (stop) place.querySelector("button, a")?.focus();
        if (!place.querySelector("[data-under-way]")) return;
      }
    } catch {
      // No connection: the next question will tell.
    }
    again();
  }

  again();
}
