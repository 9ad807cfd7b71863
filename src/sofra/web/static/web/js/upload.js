// Shows how far a file has come once sending takes longer than two seconds, and lets one stop. Without it the form is sent as ever.
const AFTER = 2000; // ms
const box = document.querySelector("[data-sending]");
const form = box && box.closest("form");

if (form) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
    if (!files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const bar = box.querySelector("progress");
    const timer = setTimeout(() => { box.hidden = false; }, AFTER);
    const finish = () => { clearTimeout(timer); box.hidden = true; bar.removeAttribute("value"); };
    request.upload.addEventListener("progress", (at) => { if (at.lengthComputable) bar.value = at.loaded / at.total; });
    request.addEventListener("abort", finish);
    request.addEventListener("error", () => { finish(); form.submit(); });
    request.addEventListener("load", () => {
      if (request.status < 400 && request.responseURL !== location.href) {
        location.assign(request.responseURL);
      } else {
        document.open();
        document.write(request.responseText);
        document.close();
      }
    });
    box.querySelector("button").addEventListener("click", () => request.abort(), { once: true });
    request.open("POST", location.href);
    request.send(new FormData(form, event.submitter));
  });
}
