"use client";
/** The list of reports on the paper's claims, newest first. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ReportsDocument } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ReportRows } from "./ReportRows.tsx";

const command = "npm run repro -- all --budget quick";

export function ReportsPage() {
  const { data, error, refetch } = useLiveQuery({ query: ReportsDocument, variables: { after: null } });
  const page = data?.reports;
  return (
    <div className="page">
      <PagePath here="Reports" />
      <header className="pageHead">
        <div>
          <h1>Reports</h1>
          <p>The paper&rsquo;s claims R1 to R11, each with the paper&rsquo;s figure, ours, and a verdict.</p>
        </div>
      </header>
      <AddressCheck names={[]} />
      {data === undefined && error !== undefined ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {data === undefined && error === undefined ? <SkeletonLines count={3} height={48} /> : null}
      {page !== undefined && page.nodes.length === 0 && !page.pageInfo.hasNextPage ? (
        <EmptyState title="No report yet" action={<CopyButton text={command} label={command} />}>
          This command runs all experiments, shows its progress, and updates the report after each experiment.
        </EmptyState>
      ) : null}
      {page ? <ReportRows page={page} /> : null}
    </div>
  );
}
