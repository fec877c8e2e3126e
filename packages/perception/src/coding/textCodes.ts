/**
 * The codes of a study's texts. At least two coders code each distinct text blind; a text on which they differ is disputed until someone
 * settles it. The coding is complete once every text that voters wrote has a final code.
 */
import type { TextCode } from "@pareidolia/core/textCode";

export interface CoderCode extends TextCode {
  /** The coder's number in the study, from 0. */
  readonly coder: number;
}

/** A text whose codes are revealed. */
export interface CodedText {
  /** As `normaliseText` writes it; distinct. */
  readonly text: string;
  /** Blind codes, at most one of each coder. */
  readonly codes: readonly CoderCode[];
  /** What settled the dispute; null without a decision. */
  readonly decision: TextCode | null;
}

/** Codes of fewer coders say nothing about agreement. */
export const fewestCoders = 2;

export function isSameCode(one: TextCode, other: TextCode): boolean {
  return one.kind === other.kind && one.label === other.label;
}

/** Whether coders gave the text different codes. */
export function isDisputed({ codes: [first, ...others] }: Pick<CodedText, "codes">): boolean {
  return first !== undefined && others.some((code) => !isSameCode(first, code));
}

/** The code on which all coders agree, otherwise the decision; null for an open dispute, and with fewer than two codes. */
export function finalCode(text: Pick<CodedText, "codes" | "decision">): TextCode | null {
  const [first] = text.codes;
  if (first === undefined || text.codes.length < fewestCoders) return null;
  return isDisputed(text) ? text.decision : { kind: first.kind, label: first.label };
}

/** The final code of each text, by text. */
export type FinalCodes = ReadonlyMap<string, TextCode>;

/**
 * The final codes of all texts that voters wrote; null while one has none, and without texts: coding is then missing.
 * @param given normalised texts of counted answers.
 */
export function completeCodes(texts: readonly CodedText[], given: Iterable<string>): FinalCodes | null {
  const known = new Map(texts.map((text) => [text.text, text]));
  const codes = new Map<string, TextCode>();
  for (const text of given) {
    if (codes.has(text)) continue;
    const coded = known.get(text);
    const code = coded === undefined ? null : finalCode(coded);
    if (code === null) return null;
    codes.set(text, code);
  }
  return codes.size === 0 ? null : codes;
}

/**
 * Whether an answer with this code agrees with the label of its image. Null for a text that can't be coded: like a missing answer, it
 * neither agrees nor disagrees.
 */
export function codeAgrees(code: TextCode, label: number): boolean | null {
  return code.kind === "UNCODABLE" ? null : code.kind === "LABEL" && code.label === label;
}
