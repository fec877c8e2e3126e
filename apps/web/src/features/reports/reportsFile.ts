/** The list of reports as a file: its columns, and the GraphQL query for the same data. */
import type { ReportQuery, ReportsQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

type Listed = ReportsQuery["reports"]["nodes"][number];

export const reportsFile: Readonly<Record<string, (row: Listed) => CsvValue>> = {
  report: ({ id }) => id,
  written: ({ writtenAt }) => writtenAt,
  budget: ({ budget }) => budget,
  seeds: ({ seeds }) => seeds.join(" "),
  minutes: ({ minutes }) => minutes,
  machine: ({ machine }) => machine,
  verdicts: ({ claims }) => claims.map(({ id, verdict }) => `${id} ${verdict}`).join(", "),
};

export const reportsQuery = `{
  reports(first: 100) {
    nodes { id writtenAt budget seeds minutes machine claims { id verdict } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** The query of these fields of a report. */
export function reportQuery(id: string, fields: string): string {
  return `{
  report(id: ${JSON.stringify(id)}) {
    ${fields}
  }
}`;
}

type Claim = NonNullable<ReportQuery["report"]>["claims"][number];

export const claimsFile: Readonly<Record<string, (row: Claim) => CsvValue>> = {
  claim: ({ id }) => id,
  statement: ({ statement }) => statement,
  paper: ({ paper }) => paper,
  ours: ({ ours }) => ours,
  verdict: ({ verdict }) => verdict,
  "full budget": ({ fullVerdict }) => fullVerdict ?? null,
  reason: ({ reason }) => reason,
};
