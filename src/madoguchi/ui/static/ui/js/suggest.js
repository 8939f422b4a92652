// Suggestions while typing (WAI-ARIA combobox with a list). Without an answer the box is a plain search box.
const WAIT_MS = 150;
let number = 0;

function equip(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  list.id = `suggest-${number++}`;
  list.className = "suggest";
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", input.labels[0].textContent);
  said.className = "vh";
  said.role = "status";
  form.append(list, said);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  let chosen = -1;
  let waiting = 0;
  let asking = new AbortController();

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const options = [...list.children];
    chosen = (place + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function show(items) {
    close();
    list.replaceChildren(
      ...items.map((item, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.role = "option";
        option.textContent = item.label;
        option.dataset.url = item.url;
        option.setAttribute("aria-selected", "false");
        option.addEventListener("mousedown", () => location.assign(item.url));
        return option;
      }),
    );
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    said.textContent = items.length ? form.dataset.found.replace("{n}", items.length) : "";
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const text = input.value.trim();
    if (!text) return show([]);
    try {
      const address = new URL(form.dataset.suggest, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).items);
    } catch {
      close(); // a bad line, or a newer letter: the button still searches
    }
  }

  close();
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("compositionend", () => (waiting = setTimeout(ask, WAIT_MS)));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("[data-suggest]").forEach(equip);
