/** The filters of the audit log, in the page's address, and the API's filter that they make. */
import { parseAsString, parseAsStringLiteral } from "nuqs";
import type { AuditFilter } from "../../graphql/generated/graphql.ts";

export const periods = ["day", "week", "month"] as const;
export const periodLabels: Readonly<Record<(typeof periods)[number], string>> = {
  day: "the past 24 hours",
  week: "the past 7 days",
  month: "the past 30 days",
};
const daysOf: Readonly<Record<(typeof periods)[number], number>> = { day: 1, week: 7, month: 30 };
const millisecondsPerDay = 86_400_000;

export const auditParameters = {
  q: parseAsString.withDefault("").withOptions({ throttleMs: 200 }),
  by: parseAsString,
  action: parseAsString,
  when: parseAsStringLiteral(periods),
};

export interface AuditState {
  readonly q: string;
  /** The id of a user. */
  readonly by: string | null;
  readonly action: string | null;
  readonly when: (typeof periods)[number] | null;
}

/** @param now When the page was opened, so that the filter does not change with each request. */
export function readAuditFilter({ q, by, action, when }: AuditState, now: Date): AuditFilter {
  return {
    search: q.trim() === "" ? null : q.trim(),
    userId: by,
    actions: action === null ? null : [action],
    from: when === null ? null : new Date(now.getTime() - daysOf[when] * millisecondsPerDay).toISOString(),
  };
}

/** The address of the log as a file, with the same entries as the list. */
export function exportAddress(format: "csv" | "jsonl", filter: AuditFilter): string {
  return `/audit-log.${format}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
}
