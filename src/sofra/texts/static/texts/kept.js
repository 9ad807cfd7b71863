// Words of a box that are not sent yet are kept on this device: for one seat, one paragraph and one page, under a name that
// the house makes. They go when the house says that they were sent, when one signs out, and after thirty days.
const PREFIX = "sofra.kept.";
const SENT = "sofra_sent"; // the cookie by which the house says what was sent
const OLD = 30 * 24 * 3600 * 1000; // ms
const WAIT = 400; // ms after the last letter
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "sentence", "anyway", "remarked"]);

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

function keep(name, record) {
  try {
    if (record) localStorage.setItem(PREFIX + name, JSON.stringify(record));
    else localStorage.removeItem(PREFIX + name);
    return true;
  } catch {
    return false; // no room, or the browser keeps nothing: the page then does not say that it does
  }
}

function names() {
  try {
    return Object.keys(localStorage).filter((each) => each.startsWith(PREFIX)).map((each) => each.slice(PREFIX.length));
  } catch {
    return [];
  }
}

const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${SENT}=`));
if (cookie) {
  for (const name of cookie.slice(SENT.length + 1).split(".")) keep(name, null);
  document.cookie = `${SENT}=; path=/; max-age=0; samesite=lax`;
}
for (const name of names()) if (!(Date.now() - (kept(name)?.at ?? 0) < OLD)) keep(name, null);

let leaving = false;
document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action, location.href).pathname.endsWith("/account/sign-out/")) return;
  leaving = true;
  for (const name of names()) keep(name, null);
});

const box = document.querySelector("[data-keep]");
const form = box && document.querySelector("main form.form");

if (form?.querySelector("textarea")) {
  const name = box.dataset.keep;
  const part = (which) => box.querySelector(`[data-keep-${which}]`);
  const written = () => [...new FormData(form)].filter(([field, value]) => typeof value === "string" && !NOT_KEPT.has(field));
  const words = (fields) => JSON.stringify(fields.filter(([field]) => form.querySelector(`textarea[name="${CSS.escape(field)}"]`)));
  // A page that answers what was sent shows typed words: they are not recorded yet. On any other page its own words are nobody's.
  const first = "keepPosted" in box.dataset ? null : words(written());
  let offered = null;
  let timer = 0;

  const show = (which, on) => {
    part(which).hidden = !on;
    box.hidden = [...box.children].every((each) => each.hidden);
  };

  const tag = document.documentElement.lang || "en";
  const told = new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag, { dateStyle: "long", timeStyle: "medium" });
  const instant = (at) => told.format(new Date(at));

  function save() {
    clearTimeout(timer);
    timer = 0;
    if (leaving) return;
    const fields = written();
    const changed = words(fields) !== first;
    const at = Date.now();
    const done = keep(name, changed ? { fields, at, before: offered } : offered);
    if (done && changed) part("at").textContent = instant(at);
    show("note", done && changed);
  }

  function put(fields) {
    for (const control of form.elements) {
      if (!control.name || NOT_KEPT.has(control.name) || control.type === "file") continue;
      const values = fields.filter(([field]) => field === control.name).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
  }

  const found = kept(name);
  // What was typed meanwhile stands before what was offered and not decided on.
  const same = found && words(found.fields) === words(written());
  offered = found && !same ? { fields: found.fields, at: found.at } : (found?.before ?? null);
  if (offered) {
    part("offered").textContent = instant(offered.at);
    show("offer", true);
  }
  if (first === null || (same && found)) save();

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  addEventListener("pagehide", () => timer && save());
  document.addEventListener("visibilitychange", () => document.hidden && timer && save());

  box.addEventListener("click", (event) => {
    const pressed = event.target.closest("button")?.dataset;
    if (!pressed || !offered) return;
    if ("keepRestore" in pressed) {
      const mine = written();
      put(offered.fields);
      offered = words(mine) === first ? null : { fields: mine, at: Date.now() };
      if (offered) part("offered").textContent = instant(offered.at);
    } else offered = null;
    show("offer", Boolean(offered));
    save();
    form.querySelector("textarea").focus();
  });

  form.addEventListener("submit", (event) => {
    save();
    if (navigator.onLine) return;
    event.preventDefault();
    show("lost", true);
  });
  addEventListener("online", () => show("lost", false));
}
