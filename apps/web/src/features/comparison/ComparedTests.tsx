"use client";
/** Tests between the groups of a comparison. One run is one observation, so groups need several seeds. */
import { useQueryState } from "nuqs";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ComparedTestsDocument } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { type ComparedNumbers, letterOf } from "./comparedRuns.ts";
import { measureParser, measures } from "./comparisonState.ts";
import { EntryMark } from "./EntryMark.tsx";
import { queryOf } from "./queryOf.ts";
import { inputsOf, type RunComparison } from "./useComparison.ts";

const measureTexts = { MEDIAN: "Median", FOOLING: "Classes ≥ .9999", FIRST_REACHED: "First ≥ .9999" } as const;

/** Three digits, or "< .001". */
function formatP(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3).replace(/^0/, "");
}

interface ComparedTestsProps {
  readonly comparison: RunComparison;
  readonly entries: readonly ComparedNumbers[];
  readonly generation: number | null;
  readonly baseline: number | null;
}

export function ComparedTests({ comparison, entries, generation, baseline }: ComparedTestsProps) {
  const [measure, setMeasure] = useQueryState("measure", measureParser);
  const canTest = comparison.entries.filter(({ runs }) => runs.length >= 3).length >= 2;
  const { data, error, refetch } = useLiveQuery({
    query: ComparedTestsDocument,
    variables: { entries: inputsOf(entries), generation: generation ?? comparison.lastGeneration, measure, baseline },
    pause: !canTest,
  });
  const answer = data?.runComparison.tests;
  const tools = useDataTools({
    name: `tests-${measure.toLowerCase()}`,
    columns: ["first", "second", "delta", "low", "high", "p", "adjusted p", "method"],
    rows: (answer?.pairs ?? []).map((test) => [
      letterOf(test.first),
      letterOf(test.second),
      test.delta,
      test.deltaLow,
      test.deltaHigh,
      test.p,
      test.adjustedP,
      test.method,
    ]),
    query: queryOf(
      entries,
      `tests(measure: ${measure}${baseline === null ? "" : `, baseline: ${baseline}`}) { pairs { first second delta deltaLow deltaHigh p adjustedP method } }`,
      generation,
    ),
  });
  if (!canTest)
    return (
      <ResultSection title="Tests between groups">
        <p className="t12 muted">A test needs at least two groups of 3 or more runs, such as the same settings with different seeds.</p>
      </ResultSection>
    );
  return (
    <ResultSection title="Tests between groups" tools={tools}>
      <div className={styles.measures} role="group" aria-label="What is tested">
        {measures.map((name) => (
          <button key={name} type="button" aria-pressed={name === measure} onClick={() => void setMeasure(name === "MEDIAN" ? null : name)}>
            {measureTexts[name]}
          </button>
        ))}
      </div>
      {error !== undefined ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {answer === undefined ? (
        error === undefined ? (
          <SkeletonLines count={3} />
        ) : null
      ) : answer.pairs.length === 0 ? null : (
        <table className={styles.figures}>
          <thead>
            <tr>
              <th scope="col">Pair</th>
              <th scope="col" className="right">
                Cliff’s δ, 95%
              </th>
              <th scope="col" className="right">
                Holm’s p
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.pairs.map(({ first, second, delta, deltaLow, deltaHigh, p, adjustedP }) => (
              <tr key={`${first} ${second}`}>
                <th scope="row">
                  <span className={styles.pair}>
                    <EntryMark entry={first} title={comparison.entries[first]?.name ?? ""} />
                    <EntryMark entry={second} title={comparison.entries[second]?.name ?? ""} />
                  </span>
                </th>
                <td className="right n12">
                  {delta.toFixed(2)}
                  <span className={styles.interval}>
                    {deltaLow.toFixed(2)} to {deltaHigh.toFixed(2)}
                  </span>
                </td>
                <td className="right n12" title={`p ${formatP(p)} before the correction`}>
                  {formatP(adjustedP)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="t12 muted">
        Mann and Whitney’s test; δ is positive if the first group’s values tend to be larger. p is corrected for {answer?.pairs.length ?? 0}{" "}
        {answer?.pairs.length === 1 ? "test" : "tests"}.
        {answer !== undefined && answer.leftOut.length > 0
          ? ` ${answer.leftOut.map(letterOf).join(", ")} ${answer.leftOut.length === 1 ? "has" : "have"} fewer than 3 runs.`
          : null}
      </p>
    </ResultSection>
  );
}
