"use client";
/** Reports on the paper's claims, the newest first. */
import Link from "next/link";
import { useQuery } from "urql";
import { ReportsDocument } from "../../graphql/generated/graphql.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Reports.module.css";
import { verdictCounts } from "./VerdictMark.tsx";

const command = "npm run repro -- all --budget quick";

export function ReportsPage() {
  const [{ data, error }, ask] = useQuery({ query: ReportsDocument, requestPolicy: "cache-and-network" });
  const reports = data?.reports ?? [];
  return (
    <div className="page">
      <PagePath here="Reports" />
      <header className="pageHead">
        <div>
          <h1>Reports</h1>
          <p>The paper&rsquo;s claims R1 to R11, each with its number, ours, and whether they agree.</p>
        </div>
      </header>
      {data === undefined && error !== undefined ? (
        <RequestError message={error.message} onRetry={() => ask({ requestPolicy: "network-only" })} />
      ) : null}
      {data === undefined && error === undefined ? <SkeletonLines count={3} height={48} /> : null}
      {data !== undefined && reports.length === 0 ? (
        <EmptyState title="No report yet" action={<CopyButton text={command} label={command} />}>
          This command runs every experiment, says how far it is, and writes one after each.
        </EmptyState>
      ) : null}
      <ul className={styles.list}>
        {reports.map((report) => (
          <li key={report.id}>
            <Link href={`/reports/${encodeURIComponent(report.id)}`}>
              <b>{report.id}</b>
              <span>{verdictCounts(report.claims.map(({ verdict }) => verdict))}</span>
              <span className="muted">
                {report.budget} budget, <span className="n12">{report.seeds.length}</span> seeds,{" "}
                <span className="n12">{report.minutes.toFixed(1)}</span> min, <RelativeTime time={report.writtenAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
