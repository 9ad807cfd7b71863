// Light, dark, or as the device: kept in a cookie, so that the server draws the page right at once.
const root = document.documentElement;
const group = document.querySelector("[data-theme-choice]");

function show() {
  const chosen = root.dataset.theme || "";
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === chosen));
  }
}

if (group) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]");
    if (!button) return;
    const value = button.dataset.themeValue;
    if (value) root.dataset.theme = value;
    else delete root.dataset.theme;
    document.cookie = `theme=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`;
    show();
  });
  show();
}

// On a narrow screen the rooms are a strip: bring the present one into view, without moving the page.
const strip = document.querySelector(".rooms");
const present = strip?.querySelector("[aria-current]");
if (strip && present && strip.scrollWidth > strip.clientWidth) {
  strip.scrollLeft = present.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 3;
}
