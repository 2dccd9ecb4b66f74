// A date field speaks the language of the browser's windows, whatever the page's is, and no script can tell which. Where
// the field's own words can be hidden, its date is shown in the page's language until the field is used.
const ours = document.documentElement.lang.slice(0, 2);
const hidden = window.CSS?.supports?.("selector(::-webkit-datetime-edit)");
const EMPTY = { zh: "年/月/日", en: "day/month/year" };

if (hidden) {
  const format = new Intl.DateTimeFormat(ours === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeZone: "UTC" });
  for (const field of document.querySelectorAll('input[type="date"]')) {
    const place = document.createElement("span");
    place.className = "dated";
    const said = document.createElement("span");
    said.className = "dated-said";
    said.setAttribute("aria-hidden", "true");
    const show = () => {
      said.textContent = field.value ? format.format(new Date(`${field.value}T00:00:00Z`)) : EMPTY[ours];
    };
    field.replaceWith(place);
    place.append(field, said);
    for (const event of ["input", "change", "blur"]) field.addEventListener(event, show);
    show();
  }
}
