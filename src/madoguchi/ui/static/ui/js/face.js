// What script adds to a page that works without it. Each part is fetched only where the page has its mark.
document.querySelector(".errors")?.focus(); // read out first after a refused form

const parts = {
  "[data-suggest]": "./suggest.js",
  "[data-upload]": "./upload.js",
  "[data-grid]": "./grid.js",
  "[data-keys]": "./keys.js",
  "[data-dialog]": "./dialog.js",
  "[data-idle]": "./kiosk.js",
  "[data-waits]": "./waiting.js",
};
for (const [mark, part] of Object.entries(parts)) {
  if (document.querySelector(mark)) import(part);
}

for (const button of document.querySelectorAll(".toast [data-close]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.closest(".toast").remove());
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form is sent once: the word on its button says so. The server refuses a second sending in any case.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.dataset.busy || event.defaultPrevented) return;
  if (button.getAttribute("aria-disabled") === "true") return event.preventDefault();
  const word = button.querySelector("span");
  button.dataset.word = word.textContent;
  word.textContent = button.dataset.busy;
  button.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-word]")) {
    button.querySelector("span").textContent = button.dataset.word;
    button.removeAttribute("aria-disabled");
    delete button.dataset.word;
  }
});
