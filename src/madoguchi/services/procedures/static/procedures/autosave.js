// Keeps what is typed, twenty seconds after the last key; without script the buttons keep it.
"use strict";
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const told = form.querySelector("[data-saved]");
  let timer = 0;
  const save = async () => {
    const data = new FormData(form);
    data.append("autosave", "1");
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved } = await answer.json();
      told.textContent = told.dataset.savedWords.replace("@@", saved);
      told.classList.remove("msg");
    } catch {
      told.textContent = told.dataset.failedWords;
      told.classList.add("msg");
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 20000);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) save();
  });
}
