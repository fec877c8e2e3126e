"use client";
/** All workers with engine, run, speed and last heartbeat, problems of the object store, and the last clean-up. Polls every few seconds. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkersDocument, type WorkersQuery } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { LiveDot } from "../marks/LiveDot.tsx";
import { formatCount, formatRate } from "../marks/numbers.ts";
import { Rate } from "../marks/Rate.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { AnalysisQueue } from "./AnalysisQueue.tsx";
import { CleanUp } from "./CleanUp.tsx";
import { StoreState } from "./StoreState.tsx";
import styles from "./Workers.module.css";
import { totalSpeed, workerSpeed } from "./workerSpeed.ts";
import { workersFile, workersQuery } from "./workersFile.ts";

type Worker = WorkersQuery["workers"][number];

const pollMilliseconds = 4_000;

export function WorkersPage() {
  const { data, error, refetch } = useLiveQuery({ query: WorkersDocument, poll: pollMilliseconds });
  const workers = data?.workers ?? [];
  const alive = workers.filter((worker) => worker.alive);
  return (
    <div className="page">
      <PagePath here="Workers" />
      <header className="pageHead">
        <div>
          <h1>Workers</h1>
          <p>
            {data === undefined ? (
              "Processes that evaluate images."
            ) : (
              <>
                <span className="n12">{formatCount(alive.length)}</span> of <span className="n12">{formatCount(workers.length)}</span>{" "}
                alive, <span className="n12">{formatRate(totalSpeed(workers))}</span> evaluations/s
              </>
            )}
          </p>
        </div>
      </header>
      <AddressCheck names={[]} />
      {data === undefined && error !== undefined ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {data === undefined && error === undefined ? <SkeletonLines count={3} height={56} /> : null}
      {data !== undefined && workers.length === 0 ? (
        <EmptyState title="No worker has reported yet">Runs stay queued until the operator of this server starts a worker.</EmptyState>
      ) : null}
      {data !== undefined ? <StoreState store={data.objectStore} /> : null}
      {workers.length > 0 ? (
        <>
          <WholeListTools name="workers" rows={workers} columns={workersFile} query={workersQuery} />
          <ul className={styles.list}>
            {workers.map((worker) => (
              <WorkerRow key={worker.id} worker={worker} />
            ))}
          </ul>
        </>
      ) : null}
      <AnalysisQueue />
      {data !== undefined ? <CleanUp cleanUps={data.cleanUps} /> : null}
    </div>
  );
}

function WorkerRow({ worker }: { readonly worker: Worker }) {
  const { run } = worker;
  return (
    <li className={styles.worker} data-gone={!worker.alive || undefined}>
      <div className={styles.name}>
        <LiveDot off={!worker.alive} />
        <div>
          <h2>{worker.host}</h2>
          <p className="n11 muted" title={worker.id}>
            {worker.id}
          </p>
        </div>
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>State</dt>
          <dd>{worker.alive ? "alive" : "gone"}</dd>
        </div>
        <div>
          <dt>Heartbeat</dt>
          <dd>
            <RelativeTime time={worker.heartbeatAt} />
          </dd>
        </div>
        <div>
          <dt>Speed</dt>
          <dd>
            <Rate speed={workerSpeed(worker)} absent="idle" />
          </dd>
        </div>
        <div>
          <dt>Run</dt>
          <dd>
            {run === null || run === undefined ? (
              "none"
            ) : (
              <>
                <Link className="link" href={`/runs/${run.key}`}>
                  {run.key}
                </Link>
                {run.__typename === "EvolutionRun" ? (
                  <>
                    , generation{" "}
                    <span className="n12">
                      {formatCount(run.generation ?? 0)} / {formatCount(run.generations)}
                    </span>
                  </>
                ) : null}
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Up since</dt>
          <dd>
            <RelativeTime time={worker.startedAt} />
          </dd>
        </div>
        <div className={styles.engine}>
          <dt>Engine and device</dt>
          <dd>{worker.engine}</dd>
        </div>
      </dl>
    </li>
  );
}
