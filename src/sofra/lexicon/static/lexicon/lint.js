// The lint desk with JavaScript: what is chosen stands in the text at once, and the result can be copied.
const places = new Map([...document.querySelectorAll("[data-place]")].map((mark) => [mark.dataset.place, mark]));

for (const choices of document.querySelectorAll("[data-choices]")) {
  const link = places.get(choices.dataset.choices)?.querySelector("a");
  if (!link) continue;
  const before = link.textContent;
  const put = () => {
    const chosen = choices.querySelector("input:checked");
    link.textContent = chosen?.dataset.words ?? before;
  };
  choices.addEventListener("change", put);
  put();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !text) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.textContent = button.dataset.done;
  });
}
