"use client";
/** Tests between the groups of a comparison. One run is one observation, so groups need several seeds. */
import { useQueryState } from "nuqs";
import { useDataOf } from "../../graphql/client/useDataOf.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ComparedTestsDocument } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { testFields } from "./comparedFields.ts";
import { type ComparedNumbers, formatComparedRuns } from "./comparedRuns.ts";
import { measureParser } from "./comparisonState.ts";
import { queryOf } from "./queryOf.ts";
import { MeasureChoice, rowsOfTests, TestTable, testColumns } from "./TestTable.tsx";
import { inputsOf, type RunComparison } from "./useComparison.ts";

interface ComparedTestsProps {
  readonly comparison: RunComparison;
  readonly entries: readonly ComparedNumbers[];
  readonly generation: number | null;
  readonly baseline: number | null;
}

export function ComparedTests({ comparison, entries, generation, baseline }: ComparedTestsProps) {
  const [measure, setMeasure] = useQueryState("measure", measureParser);
  const canTest = comparison.entries.filter(({ runs }) => runs.length >= 3).length >= 2;
  const { error, refetch, ...loaded } = useLiveQuery({
    query: ComparedTestsDocument,
    variables: { entries: inputsOf(entries), generation: generation ?? comparison.lastGeneration, measure, baseline },
    pause: !canTest,
  });
  const answer = useDataOf(`${formatComparedRuns(entries)} ${measure} ${baseline}`, loaded)?.runComparison.tests;
  const tools = useDataTools({
    name: `tests-${measure.toLowerCase()}`,
    columns: testColumns,
    rows: rowsOfTests(answer),
    query: queryOf(entries, testFields(measure, baseline), generation),
  });
  if (!canTest)
    return (
      <ResultSection title="Tests between groups">
        <p className="t12 muted">A test needs at least two groups of 3 or more runs, such as the same settings with different seeds.</p>
      </ResultSection>
    );
  return (
    <ResultSection title="Tests between groups" tools={tools}>
      <MeasureChoice measure={measure} onChange={(next) => void setMeasure(next === "MEDIAN" ? null : next)} />
      {error !== undefined ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {answer === undefined ? (
        error === undefined ? (
          <SkeletonLines count={3} />
        ) : null
      ) : (
        <TestTable tests={answer} entries={comparison.entries} />
      )}
    </ResultSection>
  );
}
