// A picture in a page of its own: wheel, drag and keys zoom and move it; a search, a click on it or on a row of a
// table picks somebody in both.
const holder = document.getElementById("picture");
const svg = holder.querySelector("svg");
const whole = { ...pick(svg.viewBox.baseVal) };
let seen = { ...whole };
const people = [...svg.querySelectorAll('g[role="img"]')].filter((mark) => mark.getAttribute("aria-label"));
const rows = [...document.querySelectorAll("tbody tr")];
const folded = (text) => text.normalize("NFKC").toLowerCase();

function pick({ x, y, width, height }) {
  return { x, y, width, height };
}

function show(box) {
  seen = box;
  svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
}

/** Zooms by a factor around a place of the drawing, its middle unless given. */
function zoom(factor, x = seen.x + seen.width / 2, y = seen.y + seen.height / 2) {
  const width = Math.min(whole.width * 2, Math.max(whole.width / 40, seen.width / factor));
  const by = width / seen.width;
  show({ x: x - (x - seen.x) * by, y: y - (y - seen.y) * by, width, height: seen.height * by });
}

const move = (x, y) => show({ ...seen, x: seen.x + x, y: seen.y + y });

function placeOf(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [at.x, at.y];
}

function take(mark, closer) {
  for (const one of document.querySelectorAll(".picked")) one.classList.remove("picked");
  const said = mark?.getAttribute("aria-label") ?? "";
  document.getElementById("said").textContent = said;
  if (!mark) return;
  mark.classList.add("picked");
  const name = said.split(", ")[0];
  for (const row of rows) {
    if ([...row.cells].some((cell) => cell.textContent === name)) row.classList.add("picked");
  }
  if (!closer) return;
  const { x, y, width, height } = mark.getBBox();
  const size = Math.min(seen.width, whole.width / 2);
  const high = (size * whole.height) / whole.width;
  show({ x: x + width / 2 - size / 2, y: y + height / 2 - high / 2, width: size, height: high });
}

holder.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 500), ...placeOf(event));
  },
  { passive: false },
);
let held = null;
holder.addEventListener("pointerdown", (event) => {
  held = { at: placeOf(event), far: false, mark: event.target.closest('g[role="img"]') };
});
holder.addEventListener("pointermove", (event) => {
  if (!held) return;
  const [x, y] = placeOf(event);
  if (!held.far && Math.hypot(x - held.at[0], y - held.at[1]) < seen.width / 300) return;
  if (!held.far) holder.setPointerCapture(event.pointerId);
  held.far = true;
  holder.classList.add("held");
  move(held.at[0] - x, held.at[1] - y);
});
holder.addEventListener("pointerup", () => {
  if (held && !held.far) take(held.mark, false);
  held = null;
  holder.classList.remove("held");
});
holder.addEventListener("pointercancel", () => {
  held = null;
});

const KEYS = {
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => show({ ...whole }),
  ArrowLeft: () => move(-seen.width / 10, 0),
  ArrowRight: () => move(seen.width / 10, 0),
  ArrowUp: () => move(0, -seen.height / 10),
  ArrowDown: () => move(0, seen.height / 10),
  Escape: () => take(null, false),
};
holder.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});
document.getElementById("in").addEventListener("click", KEYS["+"]);
document.getElementById("out").addEventListener("click", KEYS["-"]);
document.getElementById("fit").addEventListener("click", KEYS[0]);

const find = document.getElementById("find");
let turn = 0;
function search(next) {
  const wanted = folded(find.value.trim());
  const found = wanted ? people.filter((mark) => folded(mark.getAttribute("aria-label")).includes(wanted)) : [];
  turn = next && found.length ? (turn + 1) % found.length : 0;
  document.getElementById("found").textContent = wanted ? `${found.length ? turn + 1 : 0}/${found.length}` : "";
  take(found[turn] ?? null, true);
}
find.addEventListener("input", () => search(false));
find.addEventListener("keydown", (event) => event.key === "Enter" && search(true));
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target === find) return;
  event.preventDefault();
  find.focus();
});

for (const row of rows) {
  row.addEventListener("click", () => {
    const names = [...row.cells].map((cell) => cell.textContent);
    const mark = people.find((one) => names.includes(one.getAttribute("aria-label").split(", ")[0]));
    if (mark) take(mark, true);
  });
}

const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
for (const head of document.querySelectorAll("th")) {
  head.firstElementChild.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = head.closest("table").tBodies[0];
    const text = (row) => row.cells[head.cellIndex].textContent;
    const order = (one, other) => compare(text(one), text(other)) * (down ? -1 : 1);
    body.append(...[...body.rows].sort((one, other) => (text(one) === "–") - (text(other) === "–") || order(one, other)));
  });
}
