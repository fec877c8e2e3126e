"use client";
/** All runs of a shared experiment, newest first, in pages that the address names. Each has a page of its own. */
import { parseAsString, useQueryStates } from "nuqs";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type PublicExperimentFragment, type PublicRunFragment, SharedRunsDocument } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { OutcomeCount, OutcomeMedian } from "../marks/Outcome.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { type CurveLine, curveLines } from "./curveLines.ts";
import styles from "./Public.module.css";
import { publicRunsFile, publicRunsQuery } from "./publicFiles.ts";
import { runPath } from "./sharedAddresses.ts";
import { useSharedPlace } from "./sharedPlace.ts";
import { imagesOf } from "./sharedText.ts";

const pageSize = 20;
const maxThumbnails = 10;
/** For an experiment that is no longer shared. */
const noRuns = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
const positions = { after: parseAsString, before: parseAsString };

type Runs = Pick<PublicExperimentFragment["runs"], "nodes" | "pageInfo">;

/** The page of runs that the address names; the first one comes with the experiment. */
function useRunsPage({ id, runs: first }: PublicExperimentFragment) {
  const [{ after, before }, set] = useQueryStates(positions, { history: "push" });
  const isFirst = after === null && before === null;
  const { data, error, refetch } = useLiveQuery({
    query: SharedRunsDocument,
    variables: before === null ? { id, older: pageSize, after } : { id, newer: pageSize, before },
    pause: isFirst,
  });
  const loaded = data?.node?.__typename === "Experiment" ? data.node.runs : null;
  const page: Runs | null = isFirst ? first : loaded;
  const go = (position: { after?: string | null; before?: string | null }) => void set({ after: null, before: null, ...position });
  return { page, isFirst, error: isFirst ? undefined : error, refetch, go };
}

export function SharedRuns({ experiment }: { readonly experiment: PublicExperimentFragment }) {
  const { page, isFirst, error, refetch, go } = useRunsPage(experiment);
  const { totalCount, totalCountIsCapped } = experiment.runs;
  const lines = curveLines(experiment.runs.nodes);
  const { hasPreviousPage = false, hasNextPage = false, startCursor = null, endCursor = null } = page?.pageInfo ?? {};
  return (
    <section aria-labelledby="runs">
      <div className="sectionHead">
        <h2 id="runs">Runs</h2>
        <span className="t12 muted">
          <span className="n12">{formatTotal(totalCount, totalCountIsCapped)}</span> in all
        </span>
      </div>
      {error === undefined ? null : <RequestError message={error.message} onRetry={refetch} forVisitors />}
      <ListTools
        name={`${experiment.key}-runs`}
        document={SharedRunsDocument}
        variables={{ id: experiment.id, older: pageSize }}
        pageOf={({ node }) => (node?.__typename === "Experiment" ? node.runs : noRuns)}
        columns={publicRunsFile}
        query={publicRunsQuery(experiment.id)}
      />
      <ul className={styles.runs}>
        {page?.nodes.map((run) => (
          <RunRow key={run.id} run={run} curve={isFirst ? lines.get(run.id) : undefined} />
        ))}
      </ul>
      {hasPreviousPage || hasNextPage || !isFirst ? (
        <nav className={styles.pages} aria-label="Pages of runs">
          <Button disabled={!hasPreviousPage} onClick={() => go({ before: startCursor })}>
            Newer runs
          </Button>
          <Button disabled={!hasNextPage} onClick={() => go({ after: endCursor })}>
            Older runs
          </Button>
          {isFirst ? null : (
            <Button look="quiet" onClick={() => go({})}>
              Newest
            </Button>
          )}
        </nav>
      ) : null}
    </section>
  );
}

function RunRow({ run, curve }: { readonly run: PublicRunFragment; readonly curve: CurveLine | undefined }) {
  const place = useSharedPlace();
  return (
    <li>
      <span className={styles.letter}>
        {curve === undefined ? null : (
          <>
            <b className={`n11 ${styles.circle}`}>{curve.letter}</b>
            <svg width="28" height="8" aria-hidden="true">
              <path d="M0 4H28" className={chartStyles.chartLine} strokeDasharray={curve.dash} strokeWidth={1.5} />
            </svg>
          </>
        )}
      </span>
      <span className="n12 muted">{run.key}</span>
      <span>
        <Link className="link" href={runPath(place, run.id)}>
          {run.name}
        </Link>
        <span className={`${styles.settings} t12 muted`}>
          {run.__typename === "ImportedRun" ? (
            `${run.methodLabel}, imported`
          ) : (
            <>
              {run.methodLabel} against {run.model.name}, seed <span className="n12">{run.seed}</span>
            </>
          )}
        </span>
      </span>
      <ThumbnailStrip images={imagesOf(run).map(({ image }) => image)} most={maxThumbnails} className={styles.thumbnails} />
      <span className={styles.result}>
        {run.state === "SUCCEEDED" ? null : <StateGlyph state={run.state} />}
        <OutcomeMedian outcome={run.outcome} />
        <span className="t12">
          <OutcomeCount outcome={run.outcome} />
        </span>
      </span>
    </li>
  );
}
