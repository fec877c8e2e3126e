/** What a coder says about a text that a voter wrote: a label of the study, none of them, or that it can't be coded. */
export const textCodeKinds = ["LABEL", "NONE", "UNCODABLE"] as const;
export type TextCodeKind = (typeof textCodeKinds)[number];

export interface TextCode {
  readonly kind: TextCodeKind;
  /** A class of the study; null unless the kind is LABEL. */
  readonly label: number | null;
}
