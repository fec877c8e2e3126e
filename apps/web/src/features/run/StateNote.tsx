/** A sentence about a run's state: what happens now, what has been saved, and what the user can do. */
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { QueuedNote } from "./QueuedNote.tsx";
import { lastGenerationOf, type RunOnPage } from "./runOnPage.ts";
import styles from "./StateNote.module.css";

export function StateNote({ run }: { run: RunOnPage }) {
  const generation = lastGenerationOf(run);
  const saved =
    run.savedAt && generation === null ? (
      <>
        saved <RelativeTime time={run.savedAt} />
      </>
    ) : run.savedAt && generation !== null ? (
      <>
        saved at generation <span className="n12">{formatCount(generation)}</span>
      </>
    ) : (
      <>not saved yet</>
    );
  if (run.state === "RUNNING" && run.worker && !run.worker.alive)
    return (
      <p className="t12 second" role="status">
        The worker on <span className="n12">{run.worker.host}</span> stopped responding <RelativeTime time={run.worker.heartbeatAt} />. The
        run resumes from its last checkpoint when another worker is free.
      </p>
    );
  if (run.state === "RUNNING")
    return (
      <p className="t12 muted">
        Running
        {run.worker ? (
          <>
            {" "}
            on <span className="n12">{run.worker.host}</span>
          </>
        ) : null}
        {run.savedAt ? (
          <>
            , saved <RelativeTime time={run.savedAt} />
          </>
        ) : null}
        . You can close this tab.
      </p>
    );
  if (run.state === "QUEUED") return <QueuedNote />;
  if (run.state === "PAUSED" && run.outage)
    return (
      <div className={styles.runFailure} role="status">
        <p>Waiting for an outage to end. {run.outage}</p>
        <p className="t12 muted">
          {run.outageSince ? (
            <>
              The outage began <RelativeTime time={run.outageSince} />; the run is {saved}.
            </>
          ) : (
            <>The run is {saved}.</>
          )}{" "}
          The run continues by itself when the outage ends, unless you pause it.
        </p>
      </div>
    );
  if (run.state === "PAUSED")
    return <p className="t12 muted">Paused, {saved}. Resuming leads to the same results as a run without a pause.</p>;
  if (run.state === "SUCCEEDED")
    return (
      <p className="t12 muted">
        {generation !== null ? "Every generation is stored. Drag the slider below the curves to see it." : "All results are stored."}
      </p>
    );
  if (run.state === "CANCELLED") return <p className="t12 muted">Cancelled. Its stored results are kept.</p>;
  return (
    <div className={styles.runFailure} role="alert">
      <p>{run.failure ?? "The worker was lost."}</p>
      <p className="t12 muted">
        {run.savedAt ? (
          <>
            {generation !== null ? `Everything up to generation ${formatCount(generation)} is saved` : "Its stored results are saved"}.
            Resume continues from there.
          </>
        ) : (
          <>Nothing was saved yet. Resume restarts the run from its seed.</>
        )}
      </p>
    </div>
  );
}
