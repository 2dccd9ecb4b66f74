// The rows an import refuses, shown in place: the row of the file, the cell at fault marked, what is wrong below it.
import { el } from "./dom.js";
import { cellsOf } from "./jobs.js";
import { colon, t, tn } from "./texts.js";

const SHOWN = 50;
const LARGEST = 3_000_000;

/** A section for each file with its refused rows. */
export async function wrongRows(refused, files) {
  const byFile = Map.groupBy(refused, ({ file }) => file);
  return Promise.all([...byFile].map(async ([name, faults]) => fileOf(name, faults, await tableOf(files.find((file) => file.name === name)))));
}

/** The cells of a file that is a table as text, in an encoding that reads it; null for anything else. */
async function tableOf(file) {
  if (!file || file.size > LARGEST || !/\.(csv|tsv|txt)$/i.test(file.name)) return null;
  const bytes = await file.arrayBuffer();
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      const first = text.split("\n", 1)[0];
      return cellsOf(text, [",", ";", "\t"].reduce((one, other) => (first.split(other).length > first.split(one).length ? other : one)));
    } catch {
      continue;
    }
  }
  return null;
}

function fileOf(name, faults, table) {
  const shown = faults.toSorted((one, other) => Number(one.row) - Number(other.row)).slice(0, SHOWN);
  const header = table?.[0];
  const byRow = Map.groupBy(shown, ({ row }) => row);
  const width = header?.length ?? 1;
  const body = [...byRow].flatMap(([row, ofRow]) => [
    header && row ? rowOf(row, table[Number(row) - 1] ?? [], header, ofRow) : null,
    ...ofRow.map((fault) =>
      el("tr", { class: "fault" }, el("td", { class: "numeric" }, header && row ? "" : row), el("td", { colspan: width }, fault.column ? el("b", {}, `${fault.column}${colon}`) : null, fault.message)),
    ),
  ]);
  return el(
    "section",
    { class: "sheet spaced" },
    el("h2", {}, name || t("Files"), " ", el("small", {}, tn("{count} fault", "{count} faults", faults.length))),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("Faults in {file}", { file: name }) },
      el(
        "table",
        { class: "table tight wrong-rows" },
        el("caption", { class: "unseen" }, t("Rows with the cells at fault, and what is wrong")),
        el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "numeric" }, t("Row")), header ? header.map((cell) => el("th", { scope: "col" }, cell)) : el("th", { scope: "col" }, t("What is wrong")))),
        el("tbody", {}, body.filter(Boolean)),
      ),
    ),
    faults.length > SHOWN ? el("p", { class: "note" }, tn("{count} more in errors.csv", "{count} more in errors.csv", faults.length - SHOWN)) : null,
  );
}

function rowOf(row, cells, header, faults) {
  const atFault = new Set(faults.map(({ column }) => column));
  return el(
    "tr",
    {},
    el("th", { scope: "row", class: "numeric" }, row),
    header.map((name, at) => el("td", { class: atFault.has(name) ? "wrong" : "" }, cells[at] || (atFault.has(name) ? t("empty") : ""))),
  );
}
