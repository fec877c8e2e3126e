/** The choices of an adjudicator besides a class without votes: the classes with votes, most first, nothing, and to leave it disputed. */
import type { DecideRoomImageInput } from "../../graphql/generated/graphql.ts";
import type { SlopeRow } from "./slopes.ts";

export interface DecisionChoice {
  readonly key: string;
  readonly name: string;
  /** Null where votes do not apply. */
  readonly votes: number | null;
  readonly decision: Pick<DecideRoomImageInput, "outcome" | "label">;
}

/** Counts second votes if there are any, otherwise blind ones. Without votes for it, "nothing I recognise" stands after the classes. */
export function decisionChoices(rows: readonly SlopeRow[]): readonly DecisionChoice[] {
  const isAgain = rows.some(({ again }) => again > 0);
  const votesOf = (row: SlopeRow): number => (isAgain ? row.again : row.blind);
  const voted = rows
    .filter((row) => row.label !== null && votesOf(row) > 0)
    .toSorted((a, b) => votesOf(b) - votesOf(a))
    .map(
      (row): DecisionChoice => ({
        key: `class-${row.label}`,
        name: row.name,
        votes: votesOf(row),
        decision: { outcome: "CLASS", label: row.label },
      }),
    );
  const nothing = rows.find(({ label }) => label === null);
  return [
    ...voted,
    {
      key: "nothing",
      name: "nothing people recognise",
      votes: nothing === undefined ? 0 : votesOf(nothing),
      decision: { outcome: "NOTHING" },
    },
    { key: "disputed", name: "leave it disputed", votes: null, decision: { outcome: "DISPUTED" } },
  ];
}
