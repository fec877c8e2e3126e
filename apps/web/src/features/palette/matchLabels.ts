/** Finds class labels that contain the typed text; labels that start with it come first. */
interface LabelledModel {
  readonly labels: readonly string[];
}

export function matchLabels(typed: string, models: readonly LabelledModel[]): string[] {
  const text = typed.trim().toLowerCase();
  if (text === "") return [];
  const labels = new Set(models.flatMap((model) => model.labels).filter((label) => label.toLowerCase().includes(text)));
  const rank = (label: string) => (label.toLowerCase().startsWith(text) ? 0 : 1);
  return [...labels].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
