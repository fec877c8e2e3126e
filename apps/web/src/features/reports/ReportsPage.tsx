"use client";
/** Reports on the paper's claims, the newest first. */
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
          <p>The paper&rsquo;s claims R1 to R11, each with its number, ours, and whether they agree.</p>
        </div>
      </header>
      <AddressCheck names={[]} />
      {data === undefined && error !== undefined ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {data === undefined && error === undefined ? <SkeletonLines count={3} height={48} /> : null}
      {page !== undefined && page.nodes.length === 0 && !page.pageInfo.hasNextPage ? (
        <EmptyState title="No report yet" action={<CopyButton text={command} label={command} />}>
          This command runs every experiment, says how far it is, and writes one after each.
        </EmptyState>
      ) : null}
      {page ? <ReportRows page={page} /> : null}
    </div>
  );
}
