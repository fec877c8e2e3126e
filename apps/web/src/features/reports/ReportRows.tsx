"use client";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ReportsDocument, type ReportsQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
/** A page of the list of reports, with a button that shows the next page below it. */
import { Link } from "../marks/Link.tsx";
import { formatMinutes } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./Reports.module.css";
import { verdictCounts } from "./VerdictMark.tsx";

export function ReportRows({ page: { nodes, pageInfo } }: { readonly page: ReportsQuery["reports"] }) {
  const [opened, setOpened] = useState(false);
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  return (
    <>
      <ul className={styles.list}>
        {nodes.map((report) => (
          <li key={report.id}>
            <Link href={`/reports/${encodeURIComponent(report.id)}`}>
              <b>{report.id}</b>
              <span>{verdictCounts(report.claims.map(({ verdict }) => verdict))}</span>
              <span className="muted">
                {report.budget} budget, <span className="n12">{report.seeds.length}</span> seeds,{" "}
                <span className="n12">{formatMinutes(report.minutes)}</span> min, <RelativeTime time={report.writtenAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {next !== null && !opened ? (
        <Button look="quiet" onClick={() => setOpened(true)}>
          Show more
        </Button>
      ) : null}
      {next !== null && opened ? <NextReports after={next} /> : null}
    </>
  );
}

function NextReports({ after }: { readonly after: string }) {
  const { data, error, refetch } = useLiveQuery({ query: ReportsDocument, variables: { after }, requestPolicy: "cache-first" });
  if (data) return <ReportRows page={data.reports} />;
  return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={3} height={48} />;
}
