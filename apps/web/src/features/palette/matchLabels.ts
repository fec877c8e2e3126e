/** Which niches and labels a typed word means. A word that begins a label counts before one inside it. */
interface LabelledModel {
  readonly labels: readonly string[];
}

export interface LabelMatch {
  readonly niches: readonly number[];
  readonly labels: readonly string[];
}

export function matchLabels(typed: string, models: readonly LabelledModel[]): LabelMatch {
  const word = typed.trim().toLowerCase();
  const niches = new Set<number>();
  const labels = new Set<string>();
  if (word === "") return { niches: [], labels: [] };
  for (const model of models)
    model.labels.forEach((label, niche) => {
      if (!label.toLowerCase().includes(word)) return;
      niches.add(niche);
      labels.add(label);
    });
  const begins = (label: string) => (label.toLowerCase().startsWith(word) ? 0 : 1);
  return { niches: [...niches], labels: [...labels].sort((a, b) => begins(a) - begins(b) || a.localeCompare(b)) };
}
