"use client";
/** An ascent's page: a plaque for each class and start, one scrubber for all of them, beside it what the run is and what one may do. */
import { AddressCheck } from "../marks/AddressNote.tsx";
import { wholeNumberOf } from "../marks/addressProblems.ts";
import { Button } from "../marks/Button.tsx";
import { ConfidenceSwatch } from "../marks/ConfidenceBar.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount, formatRate } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { MethodRecipe } from "../run/MethodRecipe.tsx";
import { RunHead } from "../run/RunHead.tsx";
import { RunProgress } from "../run/RunProgress.tsx";
import "../run/run.css";
import type { RunOnPage } from "../run/runOnPage.ts";
import { isActive } from "../run/runStates.ts";
import "./ascent.css";
import { StepScrubber } from "./StepScrubber.tsx";
import { TrajectoryPlaque } from "./TrajectoryPlaque.tsx";
import { lastStep } from "./trajectories.ts";
import { useStepReplay } from "./useStepReplay.ts";
import { useTrajectories } from "./useTrajectories.ts";

const rules = [wholeNumberOf("step", "the last step is shown")];
const levels = [0.5, 0.9, 0.99, 0.999, 0.9999] as const;
const columns = ["class", "label", "start", "step", "confidence", "storedConfidence", "norm"] as const;

function trajectoriesQuery(runId: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on Run {\n      key\n      trajectories(first: 100) {\n        nodes { class label start curve { step confidence storedConfidence norm } milestones { level step image { url } } }\n      }\n    }\n  }\n}`;
}

export function AscentView({ run }: { readonly run: RunOnPage }) {
  const { rows, total, loading, error, retry, showMore } = useTrajectories(run.id, run.eventSeq);
  const replay = useStepReplay(lastStep(rows));
  const { toolbar, content } = useDataTools({
    name: `${run.key}-trajectories`,
    columns,
    rows: rows.flatMap((row) =>
      row.curve.map((point) => [row.class, row.label, row.start, point.step, point.confidence, point.storedConfidence, point.norm]),
    ),
    query: trajectoriesQuery(run.id),
  });
  return (
    <div className="runSplit">
      <div className="runMain">
        <RunHead run={run} />
        {error ? (
          <RequestError message={error.message} onRetry={retry} />
        ) : loading ? (
          <SkeletonLines count={3} height={260} />
        ) : rows.length === 0 ? (
          <EmptyState title={isActive(run.state) ? "The first steps are on their way" : "It stored no trajectory"}>
            {isActive(run.state) ? "Trajectories appear here as soon as a worker stores them." : "It ended before its first checkpoint."}
          </EmptyState>
        ) : (
          <section aria-labelledby="trajectories">
            <div className="sectionHead">
              <h2 id="trajectories">
                Trajectories <span className="t12 muted">stored as a line, float dashed</span>
              </h2>
              <span className="ascentTools">
                {toolbar}
                <button
                  type="button"
                  className="toolButton"
                  onClick={() => downloadFile(`${run.key}-trajectories.json`, JSON.stringify(rows, null, 1), "application/json")}
                >
                  JSON
                </button>
              </span>
            </div>
            {content}
            <AddressCheck rules={rules} />
            <StepScrubber replay={replay} live={isActive(run.state)} />
            <ul>
              {rows.map((row) => (
                <TrajectoryPlaque key={row.id} row={row} runKey={run.key} starts={run.starts ?? 1} replay={replay} />
              ))}
            </ul>
            {showMore ? (
              <Button onClick={showMore}>
                Show more; {formatCount(rows.length)} of {formatCount(total)} are here
              </Button>
            ) : null}
          </section>
        )}
      </div>
      <aside className="runAside" aria-label="The run">
        <RunProgress run={run} share={run.progress}>
          <span className="n20">{rows.filter(({ ended }) => ended).length}</span>
          <span className="n12 muted"> / {formatCount((run.classes?.length ?? 0) * (run.starts ?? 1))}</span>
          <span className="t12 muted runUnit">trajectories ended</span>
        </RunProgress>
        {typeof run.speed === "number" ? (
          <section>
            <span className="n20">{formatRate(run.speed)}</span>
            <span className="t12 muted runUnit">gradients/s</span>
          </section>
        ) : null}
        <section>
          <div className="sectionHead">
            <h2>Milestones</h2>
            <span className="t12 muted">median step</span>
          </div>
          <ul className="milestones">
            {levels.map((level) => {
              const steps = rows
                .flatMap((row) => row.milestones.filter((milestone) => milestone.level === level).map(({ step }) => step))
                .sort((a, b) => a - b);
              return (
                <li key={level}>
                  <span className="n12">
                    <ConfidenceSwatch value={level} /> {formatAxisConfidence(level)}
                  </span>
                  <span className="t12 muted">
                    <b className="n12">{steps.length}</b> of <span className="n12">{rows.length}</span>
                  </span>
                  <span className="n12 muted">
                    {steps[Math.floor((steps.length - 1) / 2)] ?? (isActive(run.state) ? "not yet" : "never")}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
        <MethodRecipe run={run}>
          <dt>Classes</dt>
          <dd className="n12">{run.classes?.length ?? 0}</dd>
          <dt>Starts a class</dt>
          <dd className="n12">{run.starts ?? 1}</dd>
        </MethodRecipe>
      </aside>
    </div>
  );
}
