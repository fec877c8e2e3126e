/** The second tab of the results: two ways of counting, sensitivity or response bias, flags, figures with and without exclusions, timing. */
import { agreementWords } from "./agreementWords.ts";
import { ComparisonMark, CountingSection, comparisonTexts } from "./CountingSection.tsx";
import { FlagsSection } from "./FlagsSection.tsx";
import { describeMistimed, type PlanOfResults } from "./planOfResults.ts";
import { ResponseMatrix } from "./ResponseMatrix.tsx";
import { ResponseTimesSection } from "./ResponseTimesSection.tsx";
import type { ResultsOfStudy } from "./readResults.ts";
import { SensitivitySection } from "./SensitivitySection.tsx";
import { SessionSection } from "./SessionSection.tsx";
import styles from "./StudyResults.module.css";
import { hasMatrix } from "./sensitivityRows.ts";
import { TimingSection } from "./TimingSection.tsx";
import { WithAndWithout } from "./WithAndWithout.tsx";

interface BiasTabProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly results: ResultsOfStudy["results"];
  readonly side: "planned" | "everyone";
  readonly question: number;
}

export function BiasTab({ studyKey, plan, results, side, question }: BiasTabProps) {
  const { summary, bias, detection, voters, agreement, timing } = results;
  const summaryPhase = summary?.[side].phases[question];
  const everyone = summary?.everyone.phases[question];
  const biasPhase = bias?.[side].phases[question];
  const detectionPhase = detection?.[side].phases[question];
  const showsMatrix = detectionPhase === undefined || hasMatrix(detectionPhase);
  const timingPhase = timing?.[side].phases[question];
  const asked = plan.plan.rules.design.phases[question];
  if (asked === undefined) return null;
  const words = agreementWords(asked);
  // Without a level of chance, such as of yes or no, no voter can be above it.
  const hasChance = summaryPhase !== undefined && summaryPhase.chance !== null;
  return (
    <>
      {!hasChance || everyone === undefined ? null : (
        <>
          <p className={`${styles.legend} ${styles.countingLegend}`}>
            {(["intervalAbove", "meanAbove", "notAbove"] as const).map((comparison) => (
              <span key={comparison}>
                <svg width={10} height={10} aria-hidden="true">
                  <ComparisonMark comparison={comparison} x={5} y={5} />
                </svg>
                {comparisonTexts[comparison]}
              </span>
            ))}
          </p>
          <div className={styles.half}>
            <CountingSection studyKey={studyKey} of="voters" phase={summaryPhase} everyone={everyone} labelOf={plan.labelOf} />
            <CountingSection studyKey={studyKey} of="images" phase={summaryPhase} everyone={everyone} labelOf={plan.labelOf} />
          </div>
        </>
      )}
      {biasPhase === undefined ? null : (
        <div className={styles.wideAndNarrow}>
          {detectionPhase !== undefined && !showsMatrix ? (
            <SensitivitySection studyKey={studyKey} phase={detectionPhase} />
          ) : (
            <ResponseMatrix studyKey={studyKey} phase={biasPhase} plan={plan} />
          )}
          <SessionSection studyKey={studyKey} phase={biasPhase} chance={summaryPhase?.chance ?? null} words={words} />
        </div>
      )}
      <div className={styles.half}>
        <div className={styles.stack}>
          {detectionPhase?.forcedChoice.defined && showsMatrix ? <SensitivitySection studyKey={studyKey} phase={detectionPhase} /> : null}
          {voters === undefined ? null : <FlagsSection result={voters} plan={plan} />}
          {summary === undefined ? null : (
            <WithAndWithout studyKey={studyKey} summary={summary} agreement={agreement} question={question} words={words} />
          )}
        </div>
        <div className={styles.stack}>
          {timingPhase === undefined ? null : (
            <>
              <TimingSection studyKey={studyKey} phase={timingPhase} rule={describeMistimed(plan.plan)} />
              <ResponseTimesSection studyKey={studyKey} phase={timingPhase} />
            </>
          )}
        </div>
      </div>
    </>
  );
}
