// The API reference: what is typed leaves the operations that have all its words; an address opens its operation.
const field = document.getElementById("find");
const operations = [...document.querySelectorAll(".operation")];
const none = document.getElementById("none");

function narrow() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const one of operations) {
    const said = one.dataset.says.toLowerCase();
    one.hidden = !words.every((word) => said.includes(word));
  }
  for (const group of document.querySelectorAll(".operations")) {
    group.hidden = !group.querySelector(".operation:not([hidden])");
  }
  none.hidden = operations.some((one) => !one.hidden);
}

function openAddressed() {
  const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (one instanceof HTMLDetailsElement) one.open = true;
}

field.addEventListener("input", narrow);
addEventListener("hashchange", openAddressed);
openAddressed();
if (field.value) narrow();
