/**
 * Answers overtake each other: a mutation's answer, read before a run ended, may come after the event that says it has ended, and would
 * bring back what was. A run's row counts its changes in `eventSeq`, so this gives every answer what newer ones have told already. Of
 * one count the last answer holds: between two events a run only comes further within what is under way, and soon tells again.
 */

/**
 * What changes in a run, under the names it is asked by: never under an alias, and never without `eventSeq` beside it. That one stays as
 * the answer has it: it says from where on its lists, which nothing renews, have to be followed.
 */
export const changingFields: ReadonlySet<string> = new Set([
  "archiveHash",
  "control",
  "endedAt",
  "evaluations",
  "failure",
  "generation",
  "median",
  "milestones",
  "outage",
  "outageSince",
  "outcome",
  "progress",
  "savedAt",
  "secondsLeft",
  "speed",
  "startedAt",
  "state",
  "worker",
]);

interface Told {
  readonly seq: number;
  readonly value: unknown;
}

type Row = Readonly<Record<string, unknown>>;

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Remembers what it has seen of each run. The function that it makes takes an answer's data and leaves it as it is. */
export function createNewestRuns(): (data: unknown) => unknown {
  const runs = new Map<string, Map<string, Told>>();

  function renew(row: Row, id: string, seq: number): Row {
    const told = runs.get(id) ?? new Map<string, Told>();
    runs.set(id, told);
    const renewed: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(row)) {
      const known = told.get(field);
      if (!changingFields.has(field)) renewed[field] = value;
      else if (known !== undefined && known.seq > seq) renewed[field] = known.value;
      else {
        told.set(field, { seq, value });
        renewed[field] = value;
      }
    }
    return renewed;
  }

  function visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(visit);
    if (!isRow(value)) return value;
    const inside: Row = Object.fromEntries(Object.entries(value).map(([field, each]) => [field, visit(each)]));
    const { __typename, id, eventSeq } = inside;
    return __typename === "Run" && typeof id === "string" && typeof eventSeq === "number" ? renew(inside, id, eventSeq) : inside;
  }

  return visit;
}
