// The menus of the header: one open at a time, shut by Escape and by a click elsewhere. Without this script
// they still open and shut by their own summaries.
const menus = [...document.querySelectorAll("details.menu")];

const shut = (menu) => {
  menu.open = false;
};

document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) shut(menu);
});
document.addEventListener("focusin", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) shut(menu);
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && menus.find((menu) => menu.open);
  if (!open) return;
  shut(open);
  open.querySelector("summary").focus();
});
