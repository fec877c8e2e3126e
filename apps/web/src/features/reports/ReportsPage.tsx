"use client";
/** The list of reports on the paper's claims, newest first. */
import { ReportsDocument } from "../../graphql/generated/graphql.ts";
import { PagedList } from "../live/PagedList.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatMinutes } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Reports.module.css";
import { reportsFile, reportsQuery } from "./reportsFile.ts";
import { verdictCounts } from "./VerdictMark.tsx";

export function ReportsPage() {
  return (
    <div className="page">
      <PagePath here="Reports" />
      <header className="pageHead">
        <div>
          <h1>Reports</h1>
          <p>The claims of the paper&rsquo;s abstract and sections, each with the paper&rsquo;s figure, ours, and a verdict.</p>
        </div>
      </header>
      <AddressCheck names={[]} />
      <PagedList
        document={ReportsDocument}
        variables={{}}
        pageOf={({ reports }) => reports}
        noun="report"
        file={{ name: "reports", columns: reportsFile, query: reportsQuery }}
        rowHeight={48}
        className={styles.list}
        empty={
          <EmptyState title="No report yet">
            The operator of this server repeats the paper&rsquo;s experiments. Their report is shown here, and updated after each
            experiment.
          </EmptyState>
        }
      >
        {(report) => (
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
        )}
      </PagedList>
    </div>
  );
}
