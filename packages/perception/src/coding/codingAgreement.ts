/** How far the blind codes of coders agree: Krippendorff's alpha (nominal), with an interval for other texts and the same coders. */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { undefinedBecause } from "../agreement/coefficient.ts";
import { krippendorffAlphaInterval } from "../agreement/krippendorffAlpha.ts";
import type { OrReason } from "../study/results/figure.ts";
import type { CodedText } from "./textCodes.ts";

export interface CodingAlpha {
  /** At most 1; 0 is agreement by chance. With its 95% interval. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** A text counts once, however many voters wrote it. "None of them" and "can't be coded" are codes like any other. */
export interface CodingAgreement {
  /** Texts with codes of at least two coders, and the codes of these texts. */
  readonly texts: number;
  readonly codes: number;
  readonly alpha: OrReason<CodingAlpha>;
}

/** @param texts whose codes are revealed. */
export function codingAgreement(texts: readonly Pick<CodedText, "codes">[], options: BootstrapOptions): CodingAgreement {
  const paired = texts.filter(({ codes }) => codes.length > 1);
  const all = paired.flatMap(({ codes }, item) => codes.map((code) => ({ ...code, item })));
  const evidence = { texts: paired.length, codes: all.length };
  if (paired.length < 2)
    return { ...evidence, alpha: undefinedBecause("Agreement by chance is estimated from all texts, so it takes at least two of them.") };
  const coders = numbered(all.map(({ coder }) => coder));
  const answers = numbered(all.map(({ kind, label }) => `${kind} ${label}`));
  const alpha = krippendorffAlphaInterval(
    {
      items: paired.length,
      voters: coders.size,
      answers: answers.size,
      item: Int32Array.from(all, ({ item }) => item),
      voter: Int32Array.from(all, ({ coder }) => coders.get(coder) as number),
      answer: Int32Array.from(all, ({ kind, label }) => answers.get(`${kind} ${label}`) as number),
    },
    { metric: "nominal", itemNames: "texts", ...options },
  );
  if (alpha.defined) {
    const { estimate, low, high } = alpha;
    return { ...evidence, alpha: { defined: true, estimate, low, high } };
  }
  const same = "All codes are the same, so agreement cannot be distinguished from chance.";
  return { ...evidence, alpha: undefinedBecause(alpha.estimate === undefined ? same : alpha.reason, alpha.estimate) };
}

/** Numbers distinct values from 0, in order of first use. */
function numbered<T>(values: readonly T[]): ReadonlyMap<T, number> {
  return new Map([...new Set(values)].map((value, index) => [value, index]));
}
