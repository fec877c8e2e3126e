"use client";
/** Voters: the first few beside the plane, all on a page of their own. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { describeExclusion, describeMistimed, type PlanOfResults } from "./planOfResults.ts";
import { ResultSection } from "./ResultSection.tsx";
import { resultQuery } from "./readResults.ts";
import { intervalKinds, populationsOf } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";
import { VoterTable } from "./VoterTable.tsx";
import { voterRow, voterRowColumns } from "./voterRows.ts";
import { bySkill, describeSkillMethod, describeSkillWarning } from "./voterWords.ts";

interface VotersSectionProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly result: StudyResult<"voters">;
  readonly side: "planned" | "everyone";
  readonly question: number;
  /** The address of the page with all voters, on the page with the first few. */
  readonly allVoters?: string;
}

const firstFew = 7;

export function VotersSection({ studyKey, plan, result, side, question, allVoters }: VotersSectionProps) {
  const { voters, skillMethods, skillWarnings } = result[side];
  const warnings = skillWarnings[question] ?? [];
  const sorted = bySkill(voters, question);
  const tools = useDataTools({
    name: `${studyKey}-voters`,
    columns: voterRowColumns,
    rows: () => result.everyone.voters.map((voter) => voterRow(voter, question, plan, result.everyone.skillWarnings[question] ?? [])),
    query: resultQuery(studyKey, "voters"),
  });
  const kinds = intervalKinds(populationsOf(voters.flatMap(({ skills }) => skills[question] ?? [])));
  const isShort = allVoters !== undefined;
  const rule = describeExclusion(plan.plan);
  const leftOut = result.everyone.voters.filter(({ exclusions }) => exclusions.length > 0).length;
  return (
    <ResultSection title="Voters" tools={tools}>
      {warnings.map((warning) => (
        <p key={warning.kind} role="note" className={styles.problem}>
          The skills are doubtful. {describeSkillWarning(warning)}
        </p>
      ))}
      {voters.length === 0 ? (
        <p className="second">
          {result.everyone.voters.length === 0 ? "No votes yet." : "The plan leaves out every voter. See all voters."}
        </p>
      ) : (
        <VoterTable
          voters={isShort ? sorted.slice(0, firstFew) : sorted}
          question={question}
          plan={plan}
          warnings={warnings}
          detail={isShort ? "short" : "full"}
        />
      )}
      {isShort && voters.length > firstFew ? (
        <p className={styles.below}>
          <Link className="link" href={allVoters}>
            All {formatCount(voters.length)} voters
          </Link>
        </p>
      ) : null}
      <p className={`t12 muted ${styles.below}`}>
        {describeSkillMethod(skillMethods[question])} {kinds === null ? "" : `Intervals of skills are ${kinds}. `}Gold trials count for
        nothing else.{" "}
        {rule.length === 0
          ? "The plan has no exclusion rule. Votes of people who could see the study’s labels do not count as planned."
          : `The plan leaves out voters with ${rule.join(" or ")}, and people who could see the study’s labels: ${formatCount(leftOut)} of ${formatCount(result.everyone.voters.length)}.`}{" "}
        {describeMistimed(plan.plan)}
      </p>
    </ResultSection>
  );
}
