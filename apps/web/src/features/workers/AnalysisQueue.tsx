"use client";
/** The queued and running analyses, each with its progress and a button that cancels it. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AnalysisQueueDocument, type AnalysisQueueQuery } from "../../graphql/generated/graphql.ts";
import { AnalysisProgress } from "../analyses/AnalysisNote.tsx";
import { isInProgress } from "../analyses/isInProgress.ts";
import { useCancelAnalysis } from "../analyses/useCancelAnalysis.ts";
import { Button } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import styles from "./Workers.module.css";
import { analysisQueueFile, analysisQueueQuery } from "./workersFile.ts";

type QueuedAnalysis = AnalysisQueueQuery["analyses"]["nodes"][number];

const pollMilliseconds = 2_000;

export function AnalysisQueue() {
  const { data } = useLiveQuery({ query: AnalysisQueueDocument, variables: { after: null }, poll: pollMilliseconds });
  const page = data?.analyses;
  const analyses = page?.nodes.filter(isInProgress) ?? [];
  if (page === undefined || analyses.length === 0) return null;
  return (
    <section aria-labelledby="analysisQueue" className={styles.queue}>
      <h2 id="analysisQueue">
        Analyses <span className="n12 muted">{formatCount(page.totalCount)}</span>
      </h2>
      <ListTools
        name="analyses"
        document={AnalysisQueueDocument}
        variables={{}}
        pageOf={({ analyses }) => analyses}
        columns={analysisQueueFile}
        query={analysisQueueQuery}
      />
      <ul>
        {analyses.map((analysis) => (
          <QueueRow key={analysis.id} analysis={analysis} />
        ))}
      </ul>
    </section>
  );
}

function QueueRow({ analysis }: { readonly analysis: QueuedAnalysis }) {
  const { cancel, cancelling } = useCancelAnalysis();
  const { id, kindLabel, run, createdAt } = analysis;
  return (
    <li className={styles.queued}>
      <div>
        <b>{kindLabel}</b>
        <p className="t12 muted">
          {run ? (
            <>
              <Link className="link n12" href={`/runs/${run.key}`}>
                {run.key}
              </Link>
              ,{" "}
            </>
          ) : null}
          started <RelativeTime time={createdAt} />
        </p>
      </div>
      <AnalysisProgress analysis={analysis} />
      <Button needs="cancelAnalysis" disabled={cancelling} onClick={() => void cancel(id)}>
        Cancel
        <span className="visuallyHidden"> {kindLabel}</span>
      </Button>
    </li>
  );
}
