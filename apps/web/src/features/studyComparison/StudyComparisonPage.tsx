"use client";
/** Two to eight studies side by side. Which studies, whose votes and which pair are in the URL. */
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { StudyComparisonDocument } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import resultStyles from "../studyResults/StudyResults.module.css";
import { ComparedPairs } from "./ComparedPairs.tsx";
import { ComparedPlane } from "./ComparedPlane.tsx";
import { ComparedSummary } from "./ComparedSummary.tsx";
import { ComparisonProblem } from "./ComparisonProblem.tsx";
import { comparisonRules, sideNames, studiesParser, votersParser } from "./comparisonState.ts";
import { PlanDifferences } from "./PlanDifferences.tsx";
import { readComparison } from "./readComparison.ts";
import { StudyChooser } from "./StudyChooser.tsx";
import styles from "./StudyComparison.module.css";

const sideTexts = { planned: "As planned", all: "All voters" } as const;

export function StudyComparisonPage() {
  const [keys, setKeys] = useQueryState("studies", studiesParser.withOptions({ history: "push" }));
  const [voters, setVoters] = useQueryState("voters", votersParser);
  const change = (next: readonly string[]) => void setKeys(next.length === 0 ? null : [...next]);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Studies", href: "/studies" }]} here="Compare" />
      <header className="pageHead">
        <div>
          <h1>Compare studies</h1>
          <p>What differs between the plans, and what people saw in the same images.</p>
        </div>
      </header>
      <AddressCheck rules={comparisonRules} names={[]} />
      <div className={styles.bar}>
        <StudyChooser keys={keys} onChange={change} />
        <div className={resultStyles.switch} role="group" aria-label="Voters that count">
          {sideNames.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === voters}
              onClick={() => void setVoters(name === "planned" ? null : name)}
            >
              {sideTexts[name]}
            </button>
          ))}
        </div>
      </div>
      {keys.length < 2 ? (
        <EmptyState
          title={keys.length === 0 ? "No studies chosen" : "One study chosen"}
          action={<ButtonLink href="/studies">Studies</ButtonLink>}
        >
          Choose at least two studies that were opened: from the list above, or by selecting rows on the page of studies.
        </EmptyState>
      ) : (
        <Compared keys={keys} side={voters === "planned" ? "planned" : "everyone"} />
      )}
    </div>
  );
}

function Compared({ keys, side }: { readonly keys: readonly string[]; readonly side: "planned" | "everyone" }) {
  const { data, error, isPrevious, refetch } = useLiveQuery({ query: StudyComparisonDocument, variables: { ids: [...keys] } });
  const answer = isPrevious ? undefined : data?.studyComparison;
  const read = useMemo(() => {
    if (answer === undefined) return null;
    try {
      return { comparison: readComparison(answer, side) };
    } catch (problem) {
      return { problem: (problem as Error).message };
    }
  }, [answer, side]);
  if (error !== undefined) return <ComparisonProblem error={error} onRetry={refetch} />;
  if (read === null) return <SkeletonLines count={8} />;
  if ("problem" in read)
    return <EmptyState title="These studies cannot be compared">{read.problem} Remove a study, or reload the page later.</EmptyState>;
  const { comparison } = read;
  return (
    <div className={styles.sections}>
      <PlanDifferences studies={comparison.studies} />
      <ComparedSummary studies={comparison.studies} />
      <ComparedPlane studies={comparison.studies} />
      <ComparedPairs comparison={comparison} />
    </div>
  );
}
