// A date field speaks the language of the browser's windows, whatever the page's is, and no script can tell which. Where
// the field's own words can be hidden, its date is shown in the page's language until the field is used.
const ours = document.documentElement.lang.slice(0, 2);
const hidden = window.CSS?.supports?.("selector(::-webkit-datetime-edit)");
const EMPTY = { zh: "年/月/日", en: "day/month/year" };
const format = new Intl.DateTimeFormat(ours === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeZone: "UTC" });
const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
let count = 0;

/** Lets a field speak the page's language, to the eye and to readers of the screen; empty, it says what its `data-empty`
 * does. What a script sets is said as well: no event tells of that. */
function speak(field) {
  const focused = document.activeElement === field;
  const place = document.createElement("span");
  place.className = "dated";
  const said = document.createElement("span");
  said.className = "dated-said";
  said.id = `dated-${(count += 1)}`;
  said.setAttribute("aria-hidden", "true"); // told as the field's description
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
  const show = () => {
    said.textContent = field.value ? format.format(new Date(`${field.value}T00:00:00Z`)) : (field.dataset.empty ?? EMPTY[ours]);
  };
  Object.defineProperty(field, "value", {
    configurable: true,
    get: () => own.get.call(field),
    set: (value) => {
      own.set.call(field, value);
      show();
    },
  });
  field.form?.addEventListener("reset", () => queueMicrotask(show));
  field.replaceWith(place);
  place.append(field, said);
  for (const event of ["input", "change", "blur"]) field.addEventListener(event, show);
  if (focused) field.focus();
  show();
}

function speakBelow(place) {
  for (const field of place.querySelectorAll('input[type="date"]')) if (!field.parentElement.matches(".dated")) speak(field);
}

if (hidden) {
  speakBelow(document);
  // Forms and lenses come later.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.parentElement) speakBelow(node.parentElement);
  }).observe(document.body, { childList: true, subtree: true });
}
