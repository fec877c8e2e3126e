/**
 * The verdicts on the paper's claims, with their meanings. The report's command, its file, the API and the pages all read this list, so a
 * verdict means the same wherever it is shown. docs/claims.md describes the rule that chooses among them.
 */

export const verdicts = ["agree", "disagree", "undecided", "not comparable", "not measured", "needs people"] as const;
export type Verdict = (typeof verdicts)[number];

/** What each verdict says about a claim, as a sentence. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  agree: "Every interval is on the paper's side of its statement, every null hypothesis is rejected, and the budget is comparable.",
  disagree: "At least one interval is on the other side of the paper's statement, with a comparable budget.",
  undecided:
    "Measured with a comparable budget, but an interval includes both sides, there are too few units, or a null hypothesis stands.",
  "not comparable": "Measured, but the network or the budget differs too much from the paper's.",
  "not measured": "Not measured, because something that the experiment needs was missing.",
  "needs people": "Only people can measure it, and no release of a study was at hand.",
};

/** The verdicts that a comparable measurement can have. */
export function isDecided(verdict: Verdict): boolean {
  return verdict === "agree" || verdict === "disagree" || verdict === "undecided";
}
