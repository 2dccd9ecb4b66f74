// An import as a job of the service: files sent, progress told, the end waited for.
import { ask, faultOf, sendForm } from "./api.js";
import { page } from "./texts.js";
import { key } from "./undo.js";

const FIRST_WAIT = 150;
const LONGEST_WAIT = 1500;
/** The longest pause before a service that is away is asked once more: a minute and a half in all. */
const PATIENCE = 48_000;

/** Sends files and fields; tells `progress` how far it is; gives the job once it has ended. Throws what `ask` throws. */
export async function importFiles(files, fields, progress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  for (const file of files) form.append("files", file, file.name);
  const once = { "Idempotency-Key": key()() };
  let began = false;
  try {
    const job = await patient(() => sendForm("/api/v1/imports", form, once), progress);
    began = true;
    return await ended(job, progress);
  } catch (error) {
    throw Object.assign(new Error(faultOf(error)), { unknown: began || error.status === 0 });
  }
}

/** What `work` gives; while the service cannot be reached it is tried again: with its key it happens once. */
async function patient(work, progress) {
  for (let wait = LONGEST_WAIT; ; wait *= 2) {
    try {
      return await work();
    } catch (error) {
      if (error.status !== 0 || wait > PATIENCE) throw error;
      progress({ away: true });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

async function ended(job, progress) {
  let wait = FIRST_WAIT;
  while (job.state === "queued" || job.state === "running") {
    progress(job.progress);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(LONGEST_WAIT, wait * 1.4);
    const { id } = job;
    job = await patient(() => ask(`/api/v1/imports/${encodeURIComponent(id)}`), progress);
  }
  return job;
}

/** What is wrong, row by row: [{file, row, column, code, message}]. */
export async function refusedRows(id) {
  const answer = await fetch(`/api/v1/imports/${encodeURIComponent(id)}/errors.csv`, {
    headers: { "Accept-Language": page.lang },
  });
  if (!answer.ok) return [];
  const [header = [], ...rows] = cellsOf(await answer.text());
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])));
}

/** Rows of cells of a table as text; quotes as in RFC 4180. O(characters). */
export function cellsOf(text, delimiter = ",") {
  const rows = [[""]];
  let quoted = false;
  const source = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    const row = rows[rows.length - 1];
    if (quoted && sign === '"' && source[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (sign === '"' && (quoted || row[row.length - 1] === "")) quoted = !quoted;
    else if (!quoted && sign === delimiter) row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else row[row.length - 1] += sign;
  }
  return rows;
}
