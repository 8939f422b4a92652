// Progress of a file on its way, and a word before a file that is too large is sent at all.
const MB = 1024 * 1024;

function equip(form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-upload]")) tooLarge(event.target);
  });
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll("[data-upload]")];
    const large = files.find(tooLarge);
    if (large) {
      event.preventDefault();
      return large.focus();
    }
    const full = files.find((input) => input.files.length);
    if (!full) return;
    event.preventDefault();
    send(form, full, event.submitter);
  });
  // on a slow line a file may be chosen before this script is here
  [...form.querySelectorAll("[data-upload]")].filter((input) => input.files.length).forEach(tooLarge);
}

function stateOf(input) {
  return input.parentElement.querySelector("[data-upload-state]");
}

function tooLarge(input) {
  const most = Number(input.dataset.upload);
  const large = [...input.files].some((file) => file.size > most * MB);
  const state = stateOf(input);
  state.hidden = !large;
  state.classList.toggle("msg", large);
  state.textContent = large ? state.dataset.large.replace("{n}", most) : "";
  input.toggleAttribute("aria-invalid", large);
  return large;
}

function send(form, input, submitter) {
  const state = stateOf(input);
  const bar = input.parentElement.querySelector("progress");
  const request = new XMLHttpRequest();
  let said = -1;
  state.hidden = bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    bar.value = Math.floor((100 * event.loaded) / event.total);
    const step = Math.floor(bar.value / 25) * 25; // spoken four times, not a hundred
    if (step > said) state.textContent = state.dataset.progress.replace("{n}", step);
    said = step;
  });
  request.addEventListener("load", () => arrive(request));
  request.addEventListener("error", () => form.submit()); // the browser's own page says what is wrong
  request.open("POST", form.action || location.href);
  request.send(new FormData(form, submitter));
}

function arrive(request) {
  if (request.responseURL !== location.href) return location.assign(request.responseURL);
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelectorAll("form:has([data-upload])").forEach(equip);
  document.querySelector(".errors")?.focus();
}

document.querySelectorAll("form:has([data-upload])").forEach(equip);
