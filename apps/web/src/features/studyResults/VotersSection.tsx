"use client";
/** Voters: the first few beside the plane, all on a page of their own. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { describeExclusion, type PlanOfResults } from "./planOfResults.ts";
import { ResultSection } from "./ResultSection.tsx";
import { figureCells, figureColumns, resultQuery } from "./readResults.ts";
import styles from "./StudyResults.module.css";
import { VoterTable } from "./VoterTable.tsx";
import { bySkill, describeExclusions, describeFlags, describeSkillMethod, trialsOf, type VoterOfResults } from "./voterWords.ts";

const columns = [
  "voter",
  "finished",
  "trials",
  "median ms",
  "times",
  "gold right",
  "gold",
  "noise right",
  "noise",
  "canaries named",
  "canaries",
  "agreeing",
  "votes",
  ...figureColumns.map((column) => `skill ${column}`),
  "flags",
  "left out because",
  "still version",
];

function rowOf(voter: VoterOfResults, question: number, plan: PlanOfResults) {
  const skill = voter.skills[question] ?? { defined: false as const, reason: "There is no such question." };
  return [
    pseudonymOf(voter.number),
    voter.finished ? "yes" : "no",
    trialsOf(voter),
    voter.responseMs?.median ?? null,
    voter.responseMs?.n ?? 0,
    voter.gold.hits,
    voter.gold.of,
    voter.noise.hits,
    voter.noise.of,
    voter.canaries.named,
    voter.canaries.seen,
    voter.agreement.hits,
    voter.agreement.of,
    ...figureCells(skill),
    describeFlags(voter),
    describeExclusions(voter, plan),
    voter.still ? "yes" : "no",
  ];
}

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
  const { voters, skillMethods } = result[side];
  const sorted = bySkill(voters, question);
  const tools = useDataTools({
    name: `${studyKey}-voters`,
    columns,
    rows: () => result.everyone.voters.map((voter) => rowOf(voter, question, plan)),
    query: resultQuery(studyKey, "voters"),
  });
  const isShort = allVoters !== undefined;
  const rule = describeExclusion(plan.plan);
  const leftOut = result.everyone.voters.filter(({ exclusions }) => exclusions.length > 0).length;
  return (
    <ResultSection title="Voters" tools={tools}>
      {voters.length === 0 ? (
        <p className="second">
          {result.everyone.voters.length === 0 ? "No votes yet." : "The plan leaves out every voter. See all voters."}
        </p>
      ) : (
        <VoterTable
          voters={isShort ? sorted.slice(0, firstFew) : sorted}
          question={question}
          plan={plan}
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
        {describeSkillMethod(skillMethods[question])} Gold trials count for nothing else.{" "}
        {rule.length === 0
          ? "The plan has no exclusion rule. Votes of people who could see the study’s labels do not count as planned."
          : `The plan leaves out voters with ${rule.join(" or ")}, and people who could see the study’s labels: ${formatCount(leftOut)} of ${formatCount(result.everyone.voters.length)}.`}
      </p>
    </ResultSection>
  );
}
