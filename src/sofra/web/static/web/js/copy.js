// Copies what an element says. Where the browser gives no clipboard, the button stays hidden; one click selects the whole text.
for (const box of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(box.dataset.copies);
  const said = box.querySelector("[data-copied]");
  if (!text || !navigator.clipboard) continue;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = said.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text); // refused by the browser: what is selected can be copied by hand
    }
  });
}
