// What leaves a map page: the whole map as a picture, in a file or on paper.
import { query } from "./address.js";
import { byId } from "./dom.js";
import { map } from "./map.js";
import { saveAs, wholeMap } from "./picture.js";
import { date, page, t } from "./texts.js";

/** Runs `use` with the whole map as a picture while its button waits. */
async function withPicture(button, use) {
  button.disabled = true;
  try {
    const { view, shown, through } = map;
    const facts = [view.texts.subtitle, date(view.provenance.on)].filter(Boolean).join(" · ");
    await use(await wholeMap(view, shown, `${page.account.name} · ${page.title}`, facts, through));
  } catch (error) {
    map.live.textContent = t("The picture could not be made.");
    throw error;
  } finally {
    button.disabled = false;
  }
}

async function print(blob) {
  const paper = byId("paper");
  paper.src = URL.createObjectURL(blob);
  await paper.decode();
  document.body.classList.add("on-paper");
  window.print();
  document.body.classList.remove("on-paper");
  URL.revokeObjectURL(paper.src);
  paper.removeAttribute("src");
}

byId("png").addEventListener("click", (event) =>
  withPicture(event.currentTarget, (blob) => saveAs(blob, `${page.account.id}-${page.view}.png`)),
);
byId("print").addEventListener("click", (event) => withPicture(event.currentTarget, print));
const LENSES = ["if", "since", "known", "compare_step"];

/** A file leaves out what the legend hides now, and personal fields unless they are ticked; it has the lens that is open. */
for (const link of document.querySelectorAll("a[data-file]"))
  link.addEventListener("click", () => {
    const place = new URL(link.href);
    place.searchParams.set("hide", query.get("hide") ?? "");
    for (const name of LENSES) place.searchParams.delete(name);
    for (const [name, value] of Object.entries(map.through?.asked ?? {})) place.searchParams.set(name, value);
    if (link.dataset.paper) place.searchParams.set("paper", link.dataset.paper);
    if (byId("personal-fields")?.checked) place.searchParams.set("personal", "true");
    else place.searchParams.delete("personal");
    link.href = place;
  });
