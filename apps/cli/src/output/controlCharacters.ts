/** Control characters and marks that turn the direction of text, in texts from the server: none may move the cursor or rename the window. */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const lineEnds: ReadonlySet<string> = new Set(["\r\n", "\n", "\t"]);

/** For people: each becomes a space. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, " ");
}

/** For programs' data on a terminal: each becomes an escape such as \u001b, which JSON reads as the same character; line ends stay. */
export function escapeControls(text: string): string {
  return text.replaceAll(new RegExp(`\\r\\n|${unprintable.source}`, "gu"), (found) =>
    lineEnds.has(found) ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
