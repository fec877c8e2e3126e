/** Merges changes by kind, without duplicates. If there are too many to list, anything may have changed. */
import type { ChangedSubjects } from "@pareidolia/persistence/lab/tracking/notifyChanges";

const maxNamed = 1_000;

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
const uniqueRows = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];

/** Null if anything may have changed: one of the changes says so, or there are too many. */
export function collectChanges(changes: readonly (ChangedSubjects | null)[]): ChangedSubjects | null {
  const named = changes.filter((changed) => changed !== null);
  if (named.length < changes.length) return null;
  const collected = {
    runIds: unique(named.flatMap(({ runIds }) => runIds)),
    experimentIds: unique(named.flatMap(({ experimentIds }) => experimentIds)),
    sweepIds: unique(named.flatMap(({ sweepIds }) => sweepIds)),
    savedComparisonIds: unique(named.flatMap(({ savedComparisonIds }) => savedComparisonIds)),
    webhooks: uniqueRows(named.flatMap(({ webhooks }) => webhooks)),
    bulkQueries: uniqueRows(named.flatMap(({ bulkQueries }) => bulkQueries)),
  };
  const count = Object.values(collected).reduce((sum, { length }) => sum + length, 0);
  return count > maxNamed ? null : collected;
}
