/** Splits a class's label into its usual name and synonyms, as ImageNet's labels list them. */
export interface SplitLabel {
  readonly name: string;
  /** The synonyms, as the label lists them; empty if there are none. */
  readonly others: string;
}

export function splitLabel(label: string): SplitLabel {
  const at = label.indexOf(", ");
  return at < 0 ? { name: label, others: "" } : { name: label.slice(0, at), others: label.slice(at + 2) };
}
