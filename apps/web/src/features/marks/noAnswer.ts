/** Words for a request without an answer. An offline browser is told apart from an API that does not answer. */
export function isOffline(): boolean {
  return typeof navigator !== "undefined" && !navigator.onLine;
}

export function noAnswerWords(): string {
  return isOffline() ? "This browser is offline." : "The API did not answer.";
}
