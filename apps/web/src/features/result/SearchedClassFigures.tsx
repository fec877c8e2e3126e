/** The confidence in one class on the stored bytes and during the search, and their difference. */
import { roundingDifference, type SearchedClass } from "@pareidolia/core/searchedClass";
import rowStyles from "../marks/AnswerRows.module.css";
import { formatMiss } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";

export function formatDifference(difference: number): string {
  if (difference === 0) return "0";
  return `${difference < 0 ? "−" : "+"} ${Math.abs(difference).toExponential(1)}`;
}

export function SearchedClassFigures({ of }: { readonly of: SearchedClass }) {
  return (
    <dl className={rowStyles.figures} aria-label={`Confidence in ${splitLabel(of.label).name}`}>
      <dt className="muted">{splitLabel(of.label).name}, stored, 8 bit</dt>
      <dd className="n12">{formatMiss(of.stored)}</dd>
      <dt className="muted">during the search, float</dt>
      <dd className="n12">{formatMiss(of.search)}</dd>
      <dt className="muted">rounding difference</dt>
      <dd className="n12">{formatDifference(roundingDifference(of))}</dd>
    </dl>
  );
}
