// Asking the service. A failure is an `Refusal` that carries the service's own sentence.
import { page, t } from "./texts.js";

class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || t("The service did not answer as expected."));
    this.status = status;
    this.problem = problem;
  }
}

/** The JSON at an address of the service. Throws Refusal, or AbortError when `signal` is raised. */
export async function ask(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: "application/json", "Accept-Language": page.lang } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, { detail: t("The service cannot be reached. Is it still running?") });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, body);
  return body;
}
