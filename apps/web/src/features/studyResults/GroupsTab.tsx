"use client";
/** The groups of a study's images compared: by network, source, generation of the elite, and the plan's groups and conditions. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { useQueryState } from "nuqs";
import { agreementWords, capitalised } from "./agreementWords.ts";
import groupStyles from "./Groups.module.css";
import { GroupsSection } from "./GroupsSection.tsx";
import type { PlanOfResults } from "./planOfResults.ts";
import { measureParser, measures } from "./resultsState.ts";
import styles from "./StudyResults.module.css";

interface GroupsTabProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly result: StudyResult<"groups">;
  readonly side: "planned" | "everyone";
  readonly question: number;
}

export function GroupsTab({ studyKey, plan, result, side, question }: GroupsTabProps) {
  const [measure, setMeasure] = useQueryState("measure", measureParser);
  const phase = result[side].phases[question];
  const asked = plan.plan.rules.design.phases[question];
  if (phase === undefined || asked === undefined) return null;
  const words = agreementWords(asked);
  const measureNames = { share: capitalised(words.ofPeople), confidence: "Machine confidence" };
  // Most plans have neither groups nor conditions.
  const shown = phase.groupings.filter(({ by, groups }) => groups.length > 0 || !(by === "group" || by === "condition"));
  return (
    <>
      <div className={`${styles.switch} ${groupStyles.measures}`} role="group" aria-label="What is compared">
        {measures.map((name) => (
          <button key={name} type="button" aria-pressed={name === measure} onClick={() => void setMeasure(name)}>
            {measureNames[name]}
          </button>
        ))}
      </div>
      <div className={styles.stack}>
        {shown.map((grouping) => (
          <GroupsSection
            key={grouping.by}
            studyKey={studyKey}
            plan={plan}
            grouping={grouping}
            measure={measure}
            chance={phase.chance}
            words={words}
          />
        ))}
      </div>
      <p className={`t12 muted ${styles.below}`}>
        {measure === "share"
          ? "Shares are of all votes in a group. Their intervals, and those of differences, are for other voters and other images, which both count as clusters (Cameron, Gelbach and Miller 2011). The effect size is Cohen’s h: .2 is small, .5 medium, .8 large."
          : "Means are over images, on the stored bytes, in nines, and intervals are for other images; differences have Welch’s. The effect size is Hedges’ g, in standard deviations: .2 is small, .5 medium, .8 large."}{" "}
        Intervals are 95% each; p is corrected for the number of groups compared with the baseline (Holm). Groups were not assigned at
        random, so a difference need not be caused by what they are grouped by.
      </p>
    </>
  );
}
