/** Codes of texts in words. */
import type { CodePartsFragment, StudyTextsQuery } from "../../graphql/generated/graphql.ts";

export type LoadedCoding = NonNullable<Extract<NonNullable<StudyTextsQuery["node"]>, { readonly __typename: "Study" }>["textCoding"]>;
export type LoadedText = LoadedCoding["uncoded"][number];
export type LoadedDispute = LoadedCoding["disputed"][number];
export type LoadedLabel = LoadedText["suggestions"][number];

/** A code as the mutations take it. */
export interface GivenCode {
  readonly kind: "LABEL" | "NONE" | "UNCODABLE";
  readonly label?: number | null;
}

const noneName = "none of the labels";
const uncodableName = "can’t be coded";

/** `dog · Hund`: a label in all languages of the study. */
export function labelName({ names }: Pick<LoadedLabel, "names">): string {
  return [...new Set(names)].join(" · ");
}

export function codeName({ kind, label }: Pick<CodePartsFragment, "kind" | "label">): string {
  if (kind === "LABEL") return label == null ? "a label" : labelName(label);
  return kind === "NONE" ? noneName : uncodableName;
}

export function givenCode({ kind, label }: Pick<CodePartsFragment, "kind" | "label">): GivenCode {
  return label == null ? { kind } : { kind, label: label.label };
}

/** Each name of each label once, for a field that suggests names. */
export function namedLabels(labels: readonly LoadedLabel[]): { readonly label: number; readonly name: string }[] {
  const byName = new Map<string, number>();
  for (const { label, names } of labels) for (const name of names) if (!byName.has(name)) byName.set(name, label);
  return [...byName].map(([name, label]) => ({ label, name }));
}
