// Cells of a table that are changed in place: `data-cell="KIND ID FIELD"` on a select. What is said beside it is
// for who cannot edit, and for paper.
import { ask } from "./api.js";
import { change, formOf } from "./edit.js";
import { failed } from "./undo.js";

document.addEventListener("change", async ({ target }) => {
  const cell = target.closest("select[data-cell]");
  if (!cell) return;
  const [kind, id, field] = cell.dataset.cell.split(" ");
  const before = [...cell.options].findIndex((option) => option.defaultSelected);
  cell.disabled = true;
  try {
    const { plural } = await formOf(kind);
    const record = await ask(`/api/v1/${plural}/${encodeURIComponent(id)}`);
    const value = cell.value === "" ? null : Number(cell.value);
    if (!(await change(kind, record, { [field]: value }))) cell.selectedIndex = Math.max(0, before);
  } catch (error) {
    failed(error.message);
    cell.selectedIndex = Math.max(0, before);
  } finally {
    cell.disabled = false;
  }
});
