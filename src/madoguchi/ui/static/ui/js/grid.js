// The staff's table: rows by the arrow keys, all rows by one box, a range with Shift, the number of chosen rows.
function equip(table) {
  const form = table.closest("form") ?? document;
  const all = table.querySelector("[data-all]");
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
  const bulk = form.querySelector(".bulk");
  let last = null;

  function count() {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    if (!bulk) return;
    bulk.hidden = chosen === 0;
    const word = bulk.querySelector("[data-chosen]");
    word.textContent = word.dataset.chosen.replace("{n}", chosen);
  }

  all.hidden = boxes.length === 0;
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    count();
  });
  table.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(at, last), Math.max(at, last)];
      boxes.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
    }
    last = at;
    count();
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest("tbody tr");
    if (!step || !row || event.target.matches("select, textarea")) return;
    const kind = event.target.matches("input") ? "input:not(:disabled)" : "a";
    let next = row;
    do next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !next.querySelector(kind));
    next?.querySelector(kind).focus();
    event.preventDefault();
  });
  table.closest(".scroll").previousElementSibling?.toggleAttribute("hidden", false);
  count();
}

document.querySelectorAll("[data-grid]").forEach(equip);
