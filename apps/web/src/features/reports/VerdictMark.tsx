/** A claim's verdict as a word with a shape, so that it does not depend on colour alone. */
import type { Verdict } from "../../graphql/generated/graphql.ts";
import styles from "./Reports.module.css";

interface Mark {
  readonly sign: string;
  readonly word: string;
  /** After a number of claims: "9 agree". */
  readonly plural: string;
  readonly className: string | undefined;
}

const marks: Readonly<Record<Verdict, Mark>> = {
  AGREE: { sign: "●", word: "agrees", plural: "agree", className: styles.agree },
  DISAGREE: { sign: "▲", word: "disagrees", plural: "disagree", className: styles.disagree },
  NOT_COMPARABLE: { sign: "◐", word: "not comparable", plural: "not comparable", className: styles.open },
  UNDECIDED: { sign: "◇", word: "undecided", plural: "undecided", className: styles.open },
  NOT_MEASURED: { sign: "○", word: "not measured", plural: "not measured", className: styles.open },
  NEEDS_PEOPLE: { sign: "□", word: "needs people", plural: "need people", className: styles.open },
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
  const labels = Object.entries(marks) as readonly (readonly [Verdict, (typeof marks)[Verdict]])[];
  return labels
    .map(([verdict, { plural }]) => [verdicts.filter((each) => each === verdict).length, plural] as const)
    .filter(([count]) => count > 0)
    .map(([count, label]) => `${count} ${label}`)
    .join(", ");
}
