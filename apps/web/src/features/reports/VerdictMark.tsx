/** How a claim came out: a word with a shape, so that colour is never alone. */
import type { Verdict } from "../../graphql/generated/graphql.ts";
import styles from "./Reports.module.css";

const marks: Readonly<Record<Verdict, { readonly sign: string; readonly word: string; readonly look: string | undefined }>> = {
  AGREE: { sign: "●", word: "agrees", look: styles.agree },
  DISAGREE: { sign: "▲", word: "disagrees", look: styles.disagree },
  NOT_COMPARABLE: { sign: "◐", word: "not comparable", look: styles.open },
  UNDECIDED: { sign: "◇", word: "undecided", look: styles.open },
  NOT_MEASURED: { sign: "○", word: "not measured", look: styles.open },
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { sign, word, look } = marks[verdict];
  return (
    <span className={look}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}

/** "9 agree, 1 not comparable": counts in the order of the marks, without the empty ones. */
export function verdictCounts(verdicts: readonly Verdict[]): string {
  const words: readonly (readonly [Verdict, string])[] = [
    ["AGREE", "agree"],
    ["DISAGREE", "disagree"],
    ["NOT_COMPARABLE", "not comparable"],
    ["UNDECIDED", "undecided"],
    ["NOT_MEASURED", "not measured"],
  ];
  return words
    .map(([verdict, word]) => [verdicts.filter((given) => given === verdict).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}
