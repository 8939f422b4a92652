// Keeps the table twenty seconds after the last key. A field's token moves on only where the server says it may:
// what somebody else wrote meanwhile is never overwritten by a field that was left alone.
"use strict";
for (const form of document.querySelectorAll("form[data-table]")) {
  const told = form.querySelector("[data-saved]");
  let timer = 0;
  const tell = (words, warn) => {
    told.textContent = words;
    told.classList.toggle("msg", warn);
  };
  const save = async () => {
    timer = 0;
    const data = new FormData(form);
    data.append("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "error" });
      const { saved, tokens, refused, met, error } = await answer.json();
      if (error) return tell(error, true);
      for (const [name, token] of Object.entries(tokens)) form.elements[`${name}:seen`].value = token;
      if (met.length) return tell(told.dataset.metWords, true);
      if (Object.keys(refused).length) return tell(told.dataset.refusedWords, true);
      tell(told.dataset.savedWords.replace("@@", saved), false);
    } catch {
      tell(told.dataset.failedWords, true);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 20000);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) {
      clearTimeout(timer);
      save();
    }
  });
}
