"use client";
/** The runs of a shared experiment. Choosing one shows its images above. */
import type { PublicExperimentFragment } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { formatCount, formatTotal } from "../marks/numbers.ts";
import { OutcomeCount, OutcomeMedian } from "../marks/Outcome.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { curveLines } from "./curveLines.ts";
import styles from "./Public.module.css";
import { publicRunsFile, publicRunsQuery } from "./publicFiles.ts";
import { imagesOf } from "./sharedText.ts";

interface SharedRunsProps {
  readonly experiment: PublicExperimentFragment;
  /** Key of the run whose images are shown. */
  readonly shown: string | undefined;
  onChoose(key: string): void;
}

export function SharedRuns({ experiment, shown, onChoose }: SharedRunsProps) {
  const { nodes: runs, totalCount, totalCountIsCapped } = experiment.runs;
  const lines = curveLines(runs);
  return (
    <section aria-labelledby="runs">
      <div className="sectionHead">
        <h2 id="runs">Runs</h2>
        {totalCount > runs.length ? (
          <span className="t12 muted">
            the newest {formatCount(runs.length)} of {formatTotal(totalCount, totalCountIsCapped)}
          </span>
        ) : null}
      </div>
      <WholeListTools name={`${experiment.key}-runs`} rows={runs} columns={publicRunsFile} query={publicRunsQuery(experiment.id)} />
      <ul className={styles.runs}>
        {runs.map((run) => {
          const curve = lines.get(run.id);
          return (
            <li key={run.id}>
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
                {imagesOf(run).length === 0 ? (
                  run.name
                ) : (
                  <button type="button" className="link" aria-pressed={run.key === shown} onClick={() => onChoose(run.key)}>
                    {run.name}
                  </button>
                )}
                <span className={`${styles.settings} t12 muted`}>
                  {run.methodLabel} against {run.model.name}, seed <span className="n12">{run.seed}</span>
                </span>
              </span>
              <span className={styles.result}>
                {run.state === "SUCCEEDED" ? null : <StateGlyph state={run.state} />}
                <OutcomeMedian outcome={run.outcome} />
                <span className="t12">
                  <OutcomeCount outcome={run.outcome} />
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
