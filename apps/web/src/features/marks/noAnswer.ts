/** What to say when a request brought no answer: the browser knows whether it is offline itself, and then the API is not to blame. */
export function isOffline(): boolean {
  return typeof navigator !== "undefined" && !navigator.onLine;
}

export function noAnswerWords(): string {
  return isOffline() ? "This browser is offline." : "The API did not answer.";
}
