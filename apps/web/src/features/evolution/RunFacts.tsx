"use client";
/** An evolution's speed, milestones and recipe. */
import { ConfidenceSwatch } from "../marks/ConfidenceBar.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { formatCount, formatRate } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import milestonesStyles from "../run/Milestones.module.css";
import runProgressStyles from "../run/RunProgress.module.css";
import type { RunFeed } from "../run/runFeed.ts";
import type { EvolutionOnPage } from "../run/runOnPage.ts";
import { isActive } from "../run/runStates.ts";
import { speedUnit } from "../run/speedUnit.ts";
import { ProvenanceSection } from "../runOrigin/ProvenanceSection.tsx";
import { Recipe } from "./Recipe.tsx";
import styles from "./RunFacts.module.css";
import { Sparkline } from "./Sparkline.tsx";

export function RunFacts({ run, feed }: { run: EvolutionOnPage; feed: RunFeed }) {
  return (
    <>
      {typeof run.speed === "number" || isActive(run.state) ? (
        <section className={styles.runSpeed}>
          <div>
            <span className="n20">{typeof run.speed === "number" ? formatRate(run.speed) : "–"}</span>
            <span className={`t12 muted ${runProgressStyles.runUnit}`}>{speedUnit(run)}</span>
          </div>
          <Sparkline values={feed.speeds} />
        </section>
      ) : null}
      <section>
        <div className="sectionHead">
          <h2>Milestones</h2>
          <span className="t12 muted">median reached</span>
        </div>
        <ul className={milestonesStyles.milestones}>
          {run.milestones.map(({ confidence, reached, medianGeneration }) => (
            <li key={confidence}>
              <span className="n12">
                <ConfidenceSwatch className={milestonesStyles.confidenceSwatch} value={confidence} /> {formatAxisConfidence(confidence)}
              </span>
              <span className="t12 muted">
                <b className="n12">{formatCount(reached)}</b> of <span className="n12">{formatCount(run.nicheCount)}</span>
              </span>
              <span className="t12 muted">
                {typeof medianGeneration === "number" ? (
                  <>
                    gen <span className="n12">{formatCount(medianGeneration)}</span>
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
      <ProvenanceSection run={run} />
      {run.savedAt && !isActive(run.state) ? (
        <p className="t12 muted">
          Saved <RelativeTime time={run.savedAt} />. <span className="n12">{formatCount(run.evaluations)}</span> evaluations.
        </p>
      ) : null}
    </>
  );
}
