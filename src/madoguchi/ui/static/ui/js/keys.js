// Keys for a list: j and k go from row to row, x chooses, / leads to the filter, ? shows the keys.
// They rest inside fields, and the dialog turns them off for good (WCAG 2.1.4).
const dialog = document.getElementById("keys");
const opener = document.querySelector("[data-keys]");
const rows = [...document.querySelectorAll("main tbody th a")];
const here = () => rows.findIndex((link) => link.closest("tr").contains(document.activeElement));

const acts = {
  j: () => rows[Math.min(here() + 1, rows.length - 1)]?.focus(),
  k: () => rows[Math.max(here() - 1, 0)]?.focus(),
  x: () => rows[here()]?.closest("tr").querySelector("input:enabled")?.click(),
  "/": () => document.querySelector(".filters input:not([type=hidden])")?.focus(),
  "?": () => dialog.showModal(),
};

opener.hidden = false;
opener.addEventListener("click", acts["?"]);
document.addEventListener("keydown", (event) => {
  const act = acts[event.key];
  if (!act || dialog.open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  event.preventDefault();
  act();
});
