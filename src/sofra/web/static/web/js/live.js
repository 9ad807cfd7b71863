// Asks now and then whether something changed that one may read, and says so. The page itself never moves.
const EVERY = 15000; // ms between questions
const note = document.querySelector("[data-live-url]");

if (note) {
  let tag = "";
  let timer = 0;

  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(note.dataset.liveUrl, {
        headers: { Accept: "application/json", ...(tag ? { "If-None-Match": tag } : {}) },
        credentials: "same-origin",
        cache: "no-store",
      });
      if (answer.status === 401 || answer.status === 403 || answer.redirected) clearInterval(timer);
      if (!answer.ok || answer.redirected) return;
      tag = answer.headers.get("ETag") || "";
      const { changes } = await answer.json();
      const words = changes === 1 ? note.dataset.one : note.dataset.many.replace("{n}", changes);
      note.hidden = !changes;
      note.querySelector("a").textContent = changes ? words : "";
    } catch {
      // No connection: the next question will tell.
    }
  };

  timer = setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  ask();
}
