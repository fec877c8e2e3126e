"use client";
/** A report's page: the claims with their verdicts and figures, then every experiment. The HTML file also contains the images. */
import { Fragment } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ReportDocument } from "../../graphql/generated/graphql.ts";
import { useAddress } from "../addresses/navigation.ts";
import buttonStyles from "../marks/Button.module.css";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatMinutes } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { EvidenceTable } from "./EvidenceTable.tsx";
import { ReportExperiment } from "./ReportExperiment.tsx";
import styles from "./Reports.module.css";
import { claimsFile, reportQuery } from "./reportsFile.ts";
import { VerdictMark, verdictCounts } from "./VerdictMark.tsx";

export function ReportPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useLiveQuery({ query: ReportDocument, variables: { id }, requestPolicy: "cache-first" });
  const report = data?.report;
  const page = useAddress()(`/report-pages/${encodeURIComponent(id)}.html`);
  return (
    <div className="page">
      <PagePath steps={[{ href: "/reports", label: "Reports" }]} here={id} />
      {data === undefined && error !== undefined ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {data === undefined && error === undefined ? <SkeletonLines count={11} height={40} /> : null}
      {data !== undefined && !report ? (
        <EmptyState title="There is no such report">It may have been removed. See the list of reports.</EmptyState>
      ) : null}
      {report ? (
        <>
          <header className="pageHead">
            <div>
              <h1>{report.id}</h1>
              <p>
                {verdictCounts(report.claims.map(({ verdict }) => verdict))}. {report.budget} budget, seeds {report.seeds.join(", ")},{" "}
                <span className="n12">{formatMinutes(report.minutes)}</span> min on {report.machine}. Commit{" "}
                <span className="n12">{report.commit ?? "unknown"}</span>.
              </p>
              <p className="t12 muted">
                {report.fullBudget.length === 0
                  ? "Full budget: no report yet."
                  : report.fullBudget.map(({ claims, writtenAt, commit }) => (
                      <Fragment key={writtenAt}>
                        Full budget for {claims.join(", ")}: measured <RelativeTime time={writtenAt} />, commit{" "}
                        <span className="n12">{commit ?? "unknown"}</span>.{" "}
                      </Fragment>
                    ))}
              </p>
            </div>
            <div className="pageActions">
              <a className={buttonStyles.button} href={page} target="_blank" rel="noreferrer">
                Open with images
              </a>
              <a className={buttonStyles.button} href={page} download={`${report.id}.html`}>
                Download HTML
              </a>
            </div>
          </header>
          <WholeListTools
            name={`${report.id}-claims`}
            rows={report.claims}
            columns={claimsFile}
            query={reportQuery(report.id, "claims { id statement paper ours verdict fullVerdict reason }")}
          />
          <ol className={styles.claims}>
            {report.claims.map((claim) => (
              <li key={claim.id}>
                <details>
                  <summary>
                    <span className="n12">{claim.id}</span>
                    <span>{claim.statement}</span>
                    <span className={styles.verdicts}>
                      <VerdictMark verdict={claim.verdict} />
                      {claim.fullVerdict ? (
                        <span className="t12 muted">
                          Full budget: <VerdictMark verdict={claim.fullVerdict} />
                        </span>
                      ) : null}
                    </span>
                  </summary>
                  <dl className={styles.evidence}>
                    <dt>The paper</dt>
                    <dd>{claim.paper}</dd>
                    <dt>Ours</dt>
                    <dd className={styles.ours}>
                      {claim.evidence.length > 0 ? <EvidenceTable rows={claim.evidence} label={`Figures of ${claim.id}`} /> : claim.ours}
                    </dd>
                    <dt>Reason</dt>
                    <dd>{claim.reason}</dd>
                  </dl>
                </details>
              </li>
            ))}
          </ol>
          {report.experiments.length > 0 ? (
            <>
              <h2 className={styles.pageTitle}>Experiments</h2>
              <ol className={styles.claims}>
                {report.experiments.map((experiment) => (
                  <ReportExperiment key={experiment.id} reportId={report.id} experiment={experiment} />
                ))}
              </ol>
            </>
          ) : null}
          {report.versions.length > 0 ? (
            <p className={`t12 muted ${styles.versions}`}>Computed with {report.versions.join(", ")}.</p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
