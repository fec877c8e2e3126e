/** What norming rooms decided on an image, in words for tables. */
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";

type Decision = StudyImageRowFragment["decisions"][number];

/** A class's name, or the outcome. */
export function decisionText({ outcome, choice }: Pick<Decision, "outcome" | "choice">): string {
  if (outcome === "CLASS") return choice?.name ?? "a class";
  return outcome === "NOTHING" ? "nothing that people recognise" : "stays disputed";
}

export const decisionColumns = ["decision", "decided class", "decision reason", "decided by", "decided at", "room"] as const;

/** The cells of these columns: of the latest decision, since rooms may decide on an image one after another. Null without one. */
export function decisionCells(decisions: readonly Decision[]): (string | number | null)[] {
  const latest = decisions.toSorted((one, other) => Date.parse(one.decidedAt) - Date.parse(other.decidedAt)).at(-1);
  if (latest === undefined) return decisionColumns.map(() => null);
  const { outcome, choice, reason, decidedBy, decidedAt, room } = latest;
  return [outcome, choice?.name ?? null, reason, decidedBy?.name ?? null, decidedAt, room];
}
