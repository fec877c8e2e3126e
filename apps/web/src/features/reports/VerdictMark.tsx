/** A claim's verdict as a word with a shape, so that it does not depend on colour alone. */
import type { Verdict } from "../../graphql/generated/graphql.ts";
import styles from "./Reports.module.css";

const marks: Readonly<Record<Verdict, { readonly sign: string; readonly word: string; readonly className: string | undefined }>> = {
  AGREE: { sign: "●", word: "agrees", className: styles.agree },
  DISAGREE: { sign: "▲", word: "disagrees", className: styles.disagree },
  NOT_COMPARABLE: { sign: "◐", word: "not comparable", className: styles.open },
  UNDECIDED: { sign: "◇", word: "undecided", className: styles.open },
  NOT_MEASURED: { sign: "○", word: "not measured", className: styles.open },
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { sign, word, className } = marks[verdict];
  return (
    <span className={className}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}

/** The number of claims with each verdict, without zeros: "9 agree, 1 not comparable". */
export function verdictCounts(verdicts: readonly Verdict[]): string {
  const labels: readonly (readonly [Verdict, string])[] = [
    ["AGREE", "agree"],
    ["DISAGREE", "disagree"],
    ["NOT_COMPARABLE", "not comparable"],
    ["UNDECIDED", "undecided"],
    ["NOT_MEASURED", "not measured"],
  ];
  return labels
    .map(([verdict, label]) => [verdicts.filter((each) => each === verdict).length, label] as const)
    .filter(([count]) => count > 0)
    .map(([count, label]) => `${count} ${label}`)
    .join(", ");
}
