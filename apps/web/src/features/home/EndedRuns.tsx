"use client";
/** Ended and paused runs, each with a strip of images, its median confidence and, if it is paused, a button to resume it. */
import type { HomeQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { OutcomeCount } from "../marks/Outcome.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { listImages } from "../run/listImages.ts";
import { canResume } from "../run/runStates.ts";
import { useRunControls } from "../run/useRunControls.ts";
import styles from "./EndedRuns.module.css";
import { useLastVisit } from "./useLastVisit.ts";

type EndedRunRow = HomeQuery["ended"]["nodes"][number];

export function EndedRuns({ runs }: { runs: readonly EndedRunRow[] }) {
  const lastVisit = useLastVisit();
  const newCount = lastVisit === null ? 0 : runs.filter(({ endedAt }) => endedAt && Date.parse(endedAt) > lastVisit.getTime()).length;
  return (
    <section aria-labelledby="endedRuns">
      <div className="sectionHead">
        <h2 id="endedRuns">
          Ended and paused{" "}
          {lastVisit === null ? null : (
            <span className="t12 muted">
              <span className="n12">{formatCount(newCount)}</span> ended since your last visit,{" "}
              <RelativeTime time={lastVisit.toISOString()} />
            </span>
          )}
        </h2>
        <Link className="link t12" href="/experiments">
          All experiments
        </Link>
      </div>
      <ul className={styles.endedRuns}>
        {runs.map((run) => (
          <li key={run.id}>
            <EndedRun run={run} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function describeCheckpoint(run: EndedRunRow): string {
  if (!run.savedAt) return "Nothing saved yet.";
  return run.__typename === "EvolutionRun"
    ? `Saved at gen ${formatCount(run.generation ?? 0)}.`
    : `Saved at ${formatCount(run.evaluations)} evaluations.`;
}

function EndedRun({ run }: { run: EndedRunRow }) {
  const { pendingAction, perform } = useRunControls(run.id);
  const isResumable = canResume(run.state);
  const ended = run.endedAt ?? run.savedAt ?? run.createdAt;
  return (
    <article className={styles.endedRun}>
      <span className="n12 muted">{run.key}</span>
      <div className={styles.endedName}>
        <h3>
          <Link href={`/runs/${run.key}`}>{run.name}</Link>
        </h3>
        <span className="t12 muted">
          {run.state === "SUCCEEDED" ? null : (
            <>
              <StateGlyph state={run.state} />,{" "}
            </>
          )}
          {run.methodLabel}, {run.model.name}
          {run.state === "SUCCEEDED" && run.createdBy != null ? `, ${run.createdBy.name}` : null}
        </span>
      </div>
      <ThumbnailStrip className={styles.thumbnailStrip} images={listImages(run)} />
      <div className={styles.endedMedian}>
        <Confidence value={run.outcome.medianConfidence} size="n12" />
        <ConfidenceBar value={run.outcome.medianConfidence} width={96} />
      </div>
      {isResumable ? (
        <span className={styles.endedNext}>
          <span className="t12 second">{describeCheckpoint(run)}</span>
          <Button needs="resumeRun" disabled={pendingAction !== null} onClick={() => perform("resume")}>
            {pendingAction === "resume" ? "Resuming" : "Resume"}
          </Button>
        </span>
      ) : (
        <span className={`${styles.endedNext} t12 muted`}>
          <OutcomeCount outcome={run.outcome} />
        </span>
      )}
      <span className="t12 muted right">
        <RelativeTime time={ended} />
      </span>
    </article>
  );
}
