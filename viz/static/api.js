// Asking the service, and sending it changes. A failure is a `Refusal` that carries the service's own sentence.
import { proof } from "./proof.js";
import { page, t } from "./texts.js";

class Refusal extends Error {
  constructor(status, problem, again = false) {
    super(problem.detail || problem.title || t("The service did not answer as expected."));
    this.status = status;
    this.problem = problem;
    this.again = again;
  }
}

/** What was wrong: at the first place the service names, else as a whole. */
export const faultOf = (error) => error.problem?.errors?.[0]?.message ?? error.message;

const PATIENCE = 8000;

/** The JSON at an address of the service. While it still reads a large account or works on its answer, which it says by
 * 503 and when to come again, it is asked again, and `waiting` runs. Throws Refusal, or AbortError when `signal` is
 * raised. */
export async function ask(address, signal, waiting = () => {}) {
  for (let wait = 250; ; wait *= 2) {
    try {
      return (await reach(address, { signal })).body;
    } catch (error) {
      if (error.status !== 503 || !error.again || wait > PATIENCE || signal?.aborted) throw error;
      waiting();
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
  if (!response.ok) throw new Refusal(response.status, body, response.headers.has("Retry-After"));
  return { body, headers: response.headers };
}
