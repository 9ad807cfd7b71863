// Puts the latest of a part of the page in its place while something in it is under way. Without it the page is read anew.
const EVERY = 2000; // ms between questions
const place = document.querySelector("[data-fresh-url]");

if (place) {
  let tag = "";
  let timer = 0;

  const ask = async () => {
    if (document.hidden) return;
    if (!place.querySelector("[data-under-way]")) return clearInterval(timer);
    if (place.contains(document.activeElement)) return; // nothing moves under somebody's hands
    try {
      const answer = await fetch(place.dataset.freshUrl, {
        headers: tag ? { "If-None-Match": tag } : {},
        credentials: "same-origin",
        cache: "no-store",
      });
      if (answer.status === 401 || answer.status === 403 || answer.redirected) return clearInterval(timer);
      if (answer.status !== 200) return;
      tag = answer.headers.get("ETag") || "";
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...part.body.childNodes);
    } catch {
      // No connection: the next question will tell.
    }
  };

  timer = setInterval(ask, EVERY);
}
