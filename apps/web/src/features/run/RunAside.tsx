"use client";
/** The right rail of a run: state, progress, controls, speed, milestones, recipe. */
import { useConnectionState } from "../../graphql/client/useConnectionState.ts";
import { ConfidenceSwatch } from "../marks/ConfidenceBar.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { formatCount, formatDuration, formatRate } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { Recipe } from "./Recipe.tsx";
import { RunControls } from "./RunControls.tsx";
import type { RunFeed } from "./runFeed.ts";
import type { EvolutionOnPage, RunOnPage } from "./runOnPage.ts";
import { isActive } from "./runStates.ts";
import { Sparkline } from "./Sparkline.tsx";
import { StateNote } from "./StateNote.tsx";

function timeWords(run: RunOnPage): string {
  if (run.state === "RUNNING" && typeof run.secondsLeft === "number") return `about ${formatDuration(run.secondsLeft)} left`;
  if (run.startedAt && run.endedAt) return `in ${formatDuration((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000)}`;
  return "";
}

export function RunAside({ run, feed }: { run: EvolutionOnPage; feed: RunFeed }) {
  const connection = useConnectionState();
  const share = run.totalEvaluations > 0 ? Math.min(1, run.evaluations / run.totalEvaluations) : 0;
  return (
    <aside className="runAside" aria-label="The run">
      <section className="runProgress">
        <div className="runState">
          <StateGlyph state={run.state} />
          <span className="n12 muted">{Math.floor(share * 100)}%</span>
        </div>
        <div
          className="progressTrack"
          role="progressbar"
          aria-label="Evaluations done"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(share * 100)}
        >
          <i style={{ width: `${share * 100}%` }} />
        </div>
        <div className="runGeneration">
          <div>
            <span className="n20">{Math.max(0, run.generation)}</span>
            <span className="n12 muted"> / {run.generations}</span>
            <span className="t12 muted runUnit">generations</span>
          </div>
          <span className="t12 second">{timeWords(run)}</span>
        </div>
        <RunControls run={run} />
        {connection === "lost" && isActive(run.state) ? (
          <p className="t12 second" role="status">
            The live connection is gone; trying again. The run goes on, and nothing that it does will be missed here.
          </p>
        ) : (
          <StateNote run={run} />
        )}
      </section>
      {typeof run.speed === "number" ? (
        <section className="runSpeed">
          <div>
            <span className="n20">{formatRate(run.speed)}</span>
            <span className="t12 muted runUnit">evaluations/s</span>
          </div>
          <Sparkline values={feed.speeds} />
        </section>
      ) : null}
      <section>
        <div className="sectionHead">
          <h2>Milestones</h2>
          <span className="t12 muted">median reached</span>
        </div>
        <ul className="milestones">
          {run.milestones.map(({ confidence, reached, medianGeneration }) => (
            <li key={confidence}>
              <span className="n12">
                <ConfidenceSwatch value={confidence} /> {formatAxisConfidence(confidence)}
              </span>
              <span className="t12 muted">
                <b className="n12">{reached}</b> of <span className="n12">{run.nicheCount}</span>
              </span>
              <span className="t12 muted">
                {typeof medianGeneration === "number" ? (
                  <>
                    gen <span className="n12">{medianGeneration}</span>
                  </>
                ) : isActive(run.state) || run.state === "PAUSED" ? (
                  "not yet"
                ) : (
                  "never"
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Recipe run={run} />
      {run.savedAt && !isActive(run.state) ? (
        <p className="t12 muted">
          Saved <RelativeTime time={run.savedAt} />. <span className="n12">{formatCount(run.evaluations)}</span> evaluations.
        </p>
      ) : null}
    </aside>
  );
}
