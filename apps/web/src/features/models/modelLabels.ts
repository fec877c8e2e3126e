/** Class labels of a model: parses common formats, and checks the labels as the API does. */
const maxLabels = 10_000;

/** Labels are one per line, a JSON array, or a JSON object by index, as Keras and torchvision write it. */
export function readModelLabels(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith("[") || trimmed.startsWith("{")) {
    try {
      const json: unknown = JSON.parse(trimmed);
      const byIndex = Object.entries(json as object).sort(([a], [b]) => Number(a) - Number(b));
      return byIndex.map(([, value]) => String(Array.isArray(value) ? value.at(-1) : value).trim());
    } catch {
      // Not JSON: read the text line by line.
    }
  }
  return trimmed === "" ? [] : trimmed.split(/\r\n|\r|\n/).map((line) => line.trim());
}

/** The API's error for these labels; null if they are valid. */
export function problemWithLabels(labels: readonly string[]): string | null {
  if (labels.length < 2 || labels.length > maxLabels) return `Give 2 to ${maxLabels} labels, one per class.`;
  const empty = labels.indexOf("");
  return empty < 0 ? null : `Line ${empty + 1} is empty. A label cannot be empty.`;
}
