// Asking the service, and sending it changes. A failure is a `Refusal` that carries the service's own sentence.
import { proof } from "./proof.js";
import { page, t } from "./texts.js";

class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || t("The service did not answer as expected."));
    this.status = status;
    this.problem = problem;
  }
}

/** What was wrong: at the first place the service names, else as a whole. */
export const faultOf = (error) => error.problem?.errors?.[0]?.message ?? error.message;

const LOADING = "urn:graphsvc:problem:snapshot-loading";
const PATIENCE = 8000;

/** The JSON at an address of the service; while it still reads a large account, asked again. Throws Refusal, or
 * AbortError when `signal` is raised. */
export async function ask(address, signal) {
  for (let wait = 250; ; wait *= 2) {
    try {
      return (await reach(address, { signal })).body;
    } catch (error) {
      if (error.problem?.type !== LOADING || wait > PATIENCE) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Sends a change; answers {body, changeSet}: what stands now, and what an undo names. Throws Refusal. */
export async function send(method, address, body, headers = {}) {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const done = await reach(address, { method, body: sent, headers: { ...json, ...headers } });
  return { body: done.body, changeSet: done.headers.get("Change-Set") ?? done.body.change_set ?? done.body.id };
}

/** Sends files and fields of a form; answers what stands. Throws Refusal. */
export async function sendForm(address, form, headers = {}) {
  return (await reach(address, { method: "POST", body: form, headers })).body;
}

async function reach(address, { headers, ...asked }) {
  let response;
  try {
    response = await fetch(address, {
      ...asked,
      headers: { Accept: "application/json", "Accept-Language": page.lang, ...proof(), ...headers },
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, { detail: t("The service cannot be reached. Is it still running?") });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, body);
  return { body, headers: response.headers };
}
