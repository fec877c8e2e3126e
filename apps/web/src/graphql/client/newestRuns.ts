/**
 * Corrects responses that arrive out of order: a mutation's response, read before a run ended, may arrive after the event of its end and
 * would restore the old state. A run's row counts its changes in `eventSeq`, so fields of an older response are replaced by the newest
 * known values. If two responses have the same `eventSeq`, the later one wins.
 */
import { isRunType } from "../runTypes.ts";

/**
 * The fields of a run that change. Documents must select them without an alias and together with `eventSeq`. `eventSeq` itself is never
 * replaced: a subscription starts at the `eventSeq` of the response whose lists the page shows.
 */
export const changingFields: ReadonlySet<string> = new Set([
  "archiveHash",
  "computedSeconds",
  "control",
  "elapsedSeconds",
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
  "waitedSeconds",
  "worker",
]);

interface KnownValue {
  readonly seq: number;
  readonly value: unknown;
}

type Row = Readonly<Record<string, unknown>>;

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns a function that updates the runs in a response's data; it returns a copy and remembers the newest values of each run. */
export function createNewestRuns(): (data: unknown) => unknown {
  const runs = new Map<string, Map<string, KnownValue>>();

  function update(row: Row, id: string, seq: number): Row {
    const values = runs.get(id) ?? new Map<string, KnownValue>();
    runs.set(id, values);
    const updated: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(row)) {
      const known = values.get(field);
      if (!changingFields.has(field)) updated[field] = value;
      else if (known !== undefined && known.seq > seq) updated[field] = known.value;
      else {
        values.set(field, { seq, value });
        updated[field] = value;
      }
    }
    return updated;
  }

  function visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(visit);
    if (!isRow(value)) return value;
    const inside: Row = Object.fromEntries(Object.entries(value).map(([field, each]) => [field, visit(each)]));
    const { __typename, id, eventSeq } = inside;
    return isRunType(__typename) && typeof id === "string" && typeof eventSeq === "number" ? update(inside, id, eventSeq) : inside;
  }

  return visit;
}
