// A kiosk forgets the person before: it asks after 45 seconds without a touch, and begins anew after 60.
const ASK_MS = 45_000;
const CLEAR_MS = 60_000;
const dialog = document.querySelector("[data-idle]");
let asking = 0;
let clearing = 0;

function start() {
  clearTimeout(asking);
  clearTimeout(clearing);
  asking = setTimeout(() => dialog.showModal(), ASK_MS);
  clearing = setTimeout(() => location.assign(dialog.dataset.idle), CLEAR_MS);
}

for (const touch of ["pointerdown", "keydown", "scroll"]) document.addEventListener(touch, start);
dialog.addEventListener("close", start);
start();
