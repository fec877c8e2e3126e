/** Class names out of what people keep them in: a line each, a JSON array, or a JSON object by index such as Keras and torchvision write. */
export function readModelLabels(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith("[") || trimmed.startsWith("{")) {
    try {
      const json: unknown = JSON.parse(trimmed);
      const byIndex = Object.entries(json as object).sort(([a], [b]) => Number(a) - Number(b));
      return byIndex.map(([, value]) => String(Array.isArray(value) ? value.at(-1) : value).trim());
    } catch {
      // Not JSON after all: read it line by line.
    }
  }
  return trimmed === "" ? [] : trimmed.split(/\r\n|\r|\n/).map((line) => line.trim());
}

/** Why the API would refuse these, before it is asked. */
export function problemWithLabels(labels: readonly string[]): string | null {
  if (labels.length < 2) return "A model has from 2 to 10,000 classes: give one name a line, in the order of the outputs.";
  if (labels.length > 10_000) return "A model has at most 10,000 classes.";
  const empty = labels.indexOf("");
  return empty < 0 ? null : `Line ${empty + 1} is empty: every class needs a name.`;
}
