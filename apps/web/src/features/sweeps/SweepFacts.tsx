"use client";
/** The rest of a sweep's side panel: budgets, early stopping, its place in the queue, its recipe and its failed runs. */
import { useState } from "react";
import { useMutation } from "urql";
import { ResumeRunDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { Link } from "../marks/Link.tsx";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { Permitted } from "../permissions/Permitted.tsx";
import { ChangeLimits } from "./ChangeLimits.tsx";
import styles from "./Sweeps.module.css";
import { isActiveSweep, type SweepOnPage } from "./sweepOnPage.ts";
import { commonRows } from "./sweepRecipe.ts";

const priorityWords = { LOW: "low", NORMAL: "normal", HIGH: "high" } as const;
const maxFailed = 5;

export function SweepFacts({ sweep }: { readonly sweep: SweepOnPage }) {
  const [changing, setChanging] = useState(false);
  const change = isActiveSweep(sweep.state) ? (
    <Permitted needs="changeSweep">
      <button type="button" className="link t12" onClick={() => setChanging(true)}>
        Change
      </button>
    </Permitted>
  ) : null;
  const { earlyStopping, progress, results } = sweep;
  const hasRules = earlyStopping.plateauGenerations !== null || earlyStopping.medianAfter !== null || earlyStopping.halving !== null;
  return (
    <>
      <section>
        <div className="sectionHead">
          <h2>Budget left</h2>
          {change}
        </div>
        <Budget label="Evaluations" spent={progress.evaluations} of={sweep.maxEvaluations ?? null} format={formatCount} />
        <Budget label="Computed" spent={progress.computedSeconds} of={sweep.maxSeconds ?? null} format={formatDuration} />
        <p className="t12 muted">When one is spent, the sweep pauses and says so.</p>
      </section>
      {hasRules ? (
        <section>
          <h2 className={styles.factHead}>Early stopping</h2>
          <dl className={keyValuesStyles.keyRows}>
            {earlyStopping.plateauGenerations == null ? null : (
              <KeyRow name="Plateau">
                <span className="n12">{formatCount(earlyStopping.plateauGenerations)}</span> generations of the search’s median
              </KeyRow>
            )}
            {earlyStopping.medianAfter == null ? null : (
              <KeyRow name="Below the search’s median">
                from generation <span className="n12">{formatCount(earlyStopping.medianAfter)}</span>
              </KeyRow>
            )}
            {earlyStopping.halving == null ? null : (
              <>
                <KeyRow name="First rung">
                  <span className="n12">{formatCount(earlyStopping.halving.minimum)}</span> {earlyStopping.halving.unit}
                </KeyRow>
                <KeyRow name="Continues">
                  <span className="n12">1</span> of <span className="n12">{earlyStopping.halving.eta}</span> points
                </KeyRow>
              </>
            )}
            <KeyRow name="Stopped">
              <span className="n12">{formatCount(progress.stoppedEarly)}</span> {progress.stoppedEarly === 1 ? "run" : "runs"}
            </KeyRow>
            <KeyRow name="Saved">
              <span className="n12">{formatCount(results.savedEvaluations)}</span> evaluations
            </KeyRow>
          </dl>
        </section>
      ) : null}
      <section>
        <div className="sectionHead">
          <h2>Queue</h2>
          {change}
        </div>
        <dl className={keyValuesStyles.keyRows}>
          <KeyRow name="Priority">{priorityWords[sweep.priority]}</KeyRow>
          <KeyRow name="At once">
            <span className="n12">{formatCount(progress.running)}</span>{" "}
            {sweep.concurrency == null ? "running, no limit" : `of ${sweep.concurrency}`}
          </KeyRow>
          <KeyRow name="Replicates">
            <span className="n12">{formatCount(sweep.seeds.length)}</span> {sweep.seeds.length === 1 ? "seed" : "seeds"}
          </KeyRow>
        </dl>
      </section>
      <Recipe sweep={sweep} />
      <FailedRuns sweep={sweep} />
      {changing ? <ChangeLimits sweep={sweep} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

interface BudgetProps {
  readonly label: string;
  readonly spent: number;
  readonly of: number | null;
  format(value: number): string;
}

function Budget({ label, spent, of, format }: BudgetProps) {
  if (of === null)
    return (
      <div className={styles.budget}>
        <span>{label}</span>
        <span>
          <span className="n12">{format(spent)}</span> <span className="muted">spent, no limit</span>
        </span>
      </div>
    );
  const left = Math.max(0, of - spent);
  return (
    <div className={styles.budget}>
      <span>{label}</span>
      <span className="n12">
        {format(left)} <span className="muted">of {format(of)}</span>
      </span>
      <ProgressTrack share={left / of} label={`${label} left`} className={styles.budgetTrack} />
    </div>
  );
}

/** The settings that all runs share; the recipe tab has the rest. */
function Recipe({ sweep }: { readonly sweep: SweepOnPage }) {
  return (
    <section>
      <div className="sectionHead">
        <h2>Recipe</h2>
        <Link className="link t12" href={`/sweeps/${sweep.key}?tab=recipe`}>
          All settings
        </Link>
      </div>
      <dl className={keyValuesStyles.keyRows}>
        <KeyRow name="Kind">{sweep.kindLabel}</KeyRow>
        {commonRows(sweep).map(({ name, value, isNumber }) => (
          <KeyRow key={name} name={name} number={isNumber}>
            {value}
          </KeyRow>
        ))}
      </dl>
    </section>
  );
}

function FailedRuns({ sweep }: { readonly sweep: SweepOnPage }) {
  const [, resume] = useMutation(ResumeRunDocument);
  const failed = sweep.results.points.flatMap(({ runs }) => runs.filter(({ state }) => state === "FAILED" || state === "CRASHED"));
  if (failed.length === 0) return null;
  return (
    <section>
      <h2 className={styles.factHead}>Failed</h2>
      {failed.slice(0, maxFailed).map((run) => (
        <div key={run.key} className={styles.failed}>
          <p className="t12 second">
            <Link className="link n12" href={`/runs/${run.key}`}>
              {run.key}
            </Link>{" "}
            {run.failure}
          </p>
          <Button needs="resumeRun" onClick={() => void resume({ runId: run.key })}>
            Resume
          </Button>
        </div>
      ))}
      {failed.length > maxFailed ? <p className="t12 muted">and {formatCount(failed.length - maxFailed)} more</p> : null}
    </section>
  );
}
