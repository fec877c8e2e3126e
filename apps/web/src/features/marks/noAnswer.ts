/** Error text for a request without a response: either the browser is offline or the API is down. */
export function isOffline(): boolean {
  return typeof navigator !== "undefined" && !navigator.onLine;
}

export function noAnswerMessage(): string {
  return isOffline() ? "This browser is offline." : "The API did not answer.";
}
