// The form over a page asks anew as soon as something is chosen; without this script its button does.
const form = document.querySelector("form.asked");

const ask = () => {
  const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const text = said.toString();
  location.assign(text ? `${location.pathname}?${text}` : location.pathname);
};

if (form) {
  form.classList.add("asks-by-itself");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  for (const field of form.querySelectorAll("select")) field.addEventListener("change", ask);
  // A date is typed part by part: it asks when it is left, or by Enter.
  for (const field of form.querySelectorAll('input[type="date"]')) {
    const before = field.value;
    field.addEventListener("blur", () => field.value !== before && ask());
  }
}
