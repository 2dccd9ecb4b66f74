/** What shows that a change comes from a page of ours: the session's token, where there is a session. */
export function proof() {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  return token ? { "X-CSRF-Token": token } : {};
}
