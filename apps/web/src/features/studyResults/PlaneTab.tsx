/** The first tab of the results: the plane, agreement between people, reliability, and the first voters. */

import { AgreementSection } from "./AgreementSection.tsx";
import { agreementWords } from "./agreementWords.ts";
import { PlaneSection } from "./PlaneSection.tsx";
import type { LiveCounts } from "./planePoints.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { ReliabilitySection } from "./ReliabilitySection.tsx";
import type { ResultsOfStudy } from "./readResults.ts";
import { studyResultsAddress } from "./resultsState.ts";
import styles from "./StudyResults.module.css";
import { VotersSection } from "./VotersSection.tsx";

interface PlaneTabProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly results: ResultsOfStudy["results"];
  readonly side: "planned" | "everyone";
  readonly question: number;
  readonly live: LiveCounts | null;
}

export function PlaneTab({ studyKey, plan, results, side, question, live }: PlaneTabProps) {
  const { plane, agreement, consistency, calibration, voters } = results;
  const agreementPhase = agreement?.[side].phases[question];
  const consistencyPhase = consistency?.[side].phases[question];
  const calibrationPhase = calibration?.[side].phases[question];
  const asked = plan.plan.rules.design.phases[question];
  if (asked === undefined) return null;
  return (
    <>
      {plane === undefined ? null : (
        <PlaneSection studyKey={studyKey} plan={plan} result={plane} side={side} question={question} live={live} />
      )}
      <div className={styles.three}>
        {agreementPhase === undefined ? null : (
          <AgreementSection
            studyKey={studyKey}
            phase={agreementPhase}
            consistency={consistencyPhase}
            seed={consistency?.shared.seed}
            words={agreementWords(asked)}
          />
        )}
        {calibrationPhase === undefined ? null : <ReliabilitySection studyKey={studyKey} phase={calibrationPhase} />}
        {voters === undefined ? null : (
          <VotersSection
            studyKey={studyKey}
            plan={plan}
            result={voters}
            side={side}
            question={question}
            allVoters={studyResultsAddress(studyKey, "voters")}
          />
        )}
      </div>
    </>
  );
}
