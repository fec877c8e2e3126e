"use client";
/** A plaque for each class and start with one scrubber for all, and their data for download. */
import type { ReactNode } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { wholeNumberOf } from "../marks/addressProblems.ts";
import { Button } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { plainMessage, RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import type { AscentOnPage } from "../run/runOnPage.ts";
import { isActive, isOver } from "../run/runStates.ts";
import { StepScrubber } from "./StepScrubber.tsx";
import { TrajectoryPlaque } from "./TrajectoryPlaque.tsx";
import styles from "./TrajectorySection.module.css";
import { lastStep } from "./trajectories.ts";
import { trajectoriesQuery } from "./trajectoriesQuery.ts";
import { useStepReplay } from "./useStepReplay.ts";
import type { Trajectories } from "./useTrajectories.ts";

const rules = [wholeNumberOf("step", "the last step is shown")];
const columns = ["class", "label", "start", "step", "searchConfidence", "storedConfidence", "norm"] as const;

interface TrajectorySectionProps {
  readonly run: AscentOnPage;
  readonly trajectories: Trajectories;
  /** The configuration of the trajectories; null if the run is not a search. */
  readonly configuration: number | null;
  /** Text beside the heading. */
  readonly note: string;
  /** A notice below the heading. */
  readonly notice?: ReactNode;
}

export function TrajectorySection({ run, trajectories, configuration, note, notice }: TrajectorySectionProps) {
  const { rows, total, complete, loading, error, moreError, retry, showMore } = trajectories;
  const replay = useStepReplay(lastStep(rows));
  const live = isActive(run.state);
  const name = configuration === null ? run.key : `${run.key}-${configuration}`;
  const { toolbar, content } = useDataTools({
    name: `${name}-trajectories`,
    columns,
    rows: rows.flatMap((row) =>
      row.curve.map((point) => [row.class, row.label, row.start, point.step, point.searchConfidence, point.storedConfidence, point.norm]),
    ),
    query: trajectoriesQuery(run.id, configuration),
  });
  if (error) return <RequestError message={error.message} onRetry={retry} />;
  if (loading) return <SkeletonLines count={3} height={260} />;
  if (rows.length === 0) return <NoTrajectory state={run.state} configuration={configuration} />;
  return (
    <section aria-labelledby="trajectories">
      <div className="sectionHead">
        <h2 id="trajectories" className={styles.heading}>
          Trajectories{configuration === null ? "" : ` of configuration ${configuration}`} <span className="t12 muted">{note}</span>
        </h2>
        <span className={styles.ascentTools}>
          {toolbar}
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            onClick={() => downloadFile(`${name}-trajectories.json`, JSON.stringify(rows, null, 1), "application/json")}
          >
            JSON
          </button>
          {complete ? null : <span className={`t12 muted ${styles.trajectoryPart}`}>of the {formatCount(rows.length)} shown</span>}
        </span>
      </div>
      {notice}
      {content}
      <AddressCheck rules={rules} />
      <StepScrubber replay={replay} live={live} />
      <ul>
        {rows.map((row) => (
          <TrajectoryPlaque key={row.id} row={row} runKey={name} starts={run.starts ?? 1} replay={replay} />
        ))}
      </ul>
      {moreError ? (
        <p role="alert" className={styles.trajectoryMore}>
          More trajectories could not be loaded. {plainMessage(moreError.message)} <Button onClick={retry}>Try again</Button>
        </p>
      ) : showMore ? (
        <Button onClick={showMore}>
          Show more; {formatCount(rows.length)} {total > rows.length ? `of ${formatCount(total)} ` : ""}shown
        </Button>
      ) : null}
    </section>
  );
}

function NoTrajectory({ state, configuration }: { readonly state: AscentOnPage["state"]; readonly configuration: number | null }) {
  const title = configuration === null ? "No trajectories" : `Configuration ${configuration} has no trajectories`;
  if (isActive(state)) return <EmptyState title={`${title} yet`}>Trajectories appear here as soon as a worker stores them.</EmptyState>;
  const point = configuration === null ? "its first checkpoint" : "this configuration";
  return isOver(state) ? (
    <EmptyState title={title}>The run ended before {point}.</EmptyState>
  ) : (
    <EmptyState title={`${title} yet`}>The run stopped before {point}. Resume the run to continue.</EmptyState>
  );
}
