/** The retention rules as a file: its columns, and the GraphQL query for the same data. */
import type { RetentionRuleRowFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const rulesFile: Readonly<Record<string, (row: RetentionRuleRowFragment) => CsvValue>> = {
  action: ({ action }) => action,
  days: ({ days }) => days,
  states: ({ states }) => states.join(" "),
  kinds: ({ kinds }) => kinds.join(" "),
  archived: ({ archived }) => (archived == null ? null : archived ? "yes" : "no"),
  without_tag: ({ withoutTag }) => withoutTag ?? null,
  keeps_pinned: ({ keepPinned }) => (keepPinned ? "yes" : "no"),
  enabled: ({ enabled }) => (enabled ? "yes" : "no"),
  applied: ({ appliedAt }) => appliedAt ?? null,
  failure: ({ failure }) => failure ?? null,
  last_acted: ({ actedAt }) => actedAt ?? null,
  items: ({ actedItems }) => actedItems ?? null,
  rows: ({ actedRows }) => actedRows ?? null,
  bytes: ({ actedBytes }) => actedBytes ?? null,
};

export const rulesQuery = `{
  retentionRules {
    action days states kinds archived withoutTag keepPinned enabled appliedAt failure actedAt actedItems actedRows actedBytes
  }
}`;
