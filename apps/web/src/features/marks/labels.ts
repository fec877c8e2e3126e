/** A class's label as people say it: ImageNet's name a class by all its synonyms, the usual one first. */
export interface SplitLabel {
  readonly name: string;
  /** The other names, as the label lists them; empty where there is one only. */
  readonly others: string;
}

export function splitLabel(label: string): SplitLabel {
  const at = label.indexOf(", ");
  return at < 0 ? { name: label, others: "" } : { name: label.slice(0, at), others: label.slice(at + 2) };
}
