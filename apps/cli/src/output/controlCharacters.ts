/** Control characters and bidirectional marks in texts from the server, which could move the cursor or rename the window. */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const lineEnds: ReadonlySet<string> = new Set(["\r\n", "\n", "\t"]);

/** For people: replaces each with a space. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, " ");
}

/** For JSON on a terminal: replaces each with an escape such as \u001b, which JSON reads as the same character. Line ends stay. */
export function escapeControls(text: string): string {
  return text.replaceAll(new RegExp(`\\r\\n|${unprintable.source}`, "gu"), (found) =>
    lineEnds.has(found) ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
