"use client";
/** Two to twenty-four runs or groups of runs side by side. The runs, the generation, the baseline and the view are in the address. */
import { useQueryState } from "nuqs";
import { FilmButton } from "../film/FilmButton.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { SaveComparisonButton } from "../savedComparisons/SaveComparisonButton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ComparedChart } from "./ComparedChart.tsx";
import { ComparedClaims } from "./ComparedClaims.tsx";
import { ComparedFigures } from "./ComparedFigures.tsx";
import { ComparedImages } from "./ComparedImages.tsx";
import { ComparedOutcomes } from "./ComparedOutcomes.tsx";
import { ComparedParallel } from "./ComparedParallel.tsx";
import { ComparedReach } from "./ComparedReach.tsx";
import { ComparedTests } from "./ComparedTests.tsx";
import styles from "./Comparison.module.css";
import { ComparisonScrubber } from "./ComparisonScrubber.tsx";
import type { WriteQuery } from "./comparedParts.ts";
import { type ComparedNumbers, formatComparedRuns } from "./comparedRuns.ts";
import { makeComparisonFilm } from "./comparisonFilm.ts";
import { baselineParser, comparisonRules, runsParser } from "./comparisonState.ts";
import { EntryChooser } from "./EntryChooser.tsx";
import { queryOf } from "./queryOf.ts";
import { SettingDifferences } from "./SettingDifferences.tsx";
import { inputsOf, useComparison } from "./useComparison.ts";

export function ComparisonPage() {
  const [entries, setEntries] = useQueryState("runs", runsParser.withOptions({ history: "push" }));
  const [given, setBaseline] = useQueryState("baseline", baselineParser);
  const baseline = given !== null && given < entries.length ? given : null;
  const remove = (entry: number) => {
    if (baseline !== null) void setBaseline(baseline === entry ? null : baseline > entry ? baseline - 1 : baseline);
    const next = entries.filter((_, i) => i !== entry);
    void setEntries(next.length === 0 ? null : next);
  };
  return (
    <div className="page">
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here="Compare" />
      <header className="pageHead">
        <div>
          <h1>Compare runs</h1>
          <p>What differs in the settings, how confidence grew, and what images came of it.</p>
        </div>
        <div className="pageActions">
          <ButtonLink href="/comparisons">Saved comparisons</ButtonLink>
          <SaveComparisonButton entries={entries} baseline={baseline} />
        </div>
      </header>
      <AddressCheck rules={comparisonRules} names={["classes"]} />
      <EntryChooser
        entries={entries}
        baseline={baseline}
        onAdd={(numbers) => void setEntries([...entries, numbers])}
        onRemove={remove}
        onBaseline={(entry) => void setBaseline(entry)}
      />
      {entries.length === 0 ? (
        <EmptyState title="No runs chosen" action={<ButtonLink href="/experiments">Experiments</ButtonLink>}>
          Add runs by their keys above, such as RUN-142, or select rows of a table of runs and choose Compare. A group has its runs joined
          by plus signs, such as 1-9+12.
        </EmptyState>
      ) : (
        <Compared entries={entries} baseline={baseline} />
      )}
    </div>
  );
}

/** Beside evolutions, whose images are those of a generation. */
const kindsWithImages: ReadonlySet<string> = new Set(["AscentRun", "PerturbationRun"]);

function Compared({ entries, baseline }: { readonly entries: readonly ComparedNumbers[]; readonly baseline: number | null }) {
  const { comparison, archives, error, refetch, archivesError, refetchArchives, replay, shownClasses } = useComparison(entries);
  if (comparison === undefined)
    return error === undefined ? <SkeletonLines count={8} /> : <RequestError message={error.message} onRetry={refetch} />;
  const hasGenerations = comparison.lastGeneration >= 0;
  const hasImages = hasGenerations || comparison.entries.some(({ runs }) => runs.some(({ __typename }) => kindsWithImages.has(__typename)));
  const writeQuery: WriteQuery = (fields, generation) => queryOf(entries, fields, generation);
  const filmed = { entries: inputsOf(entries), names: comparison.entries.map(({ name }) => name), last: comparison.lastGeneration };
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <SettingDifferences comparison={comparison} writeQuery={writeQuery} />
        <ComparedClaims comparison={comparison} writeQuery={writeQuery} />
        {archivesError === undefined ? null : <RequestError message={archivesError.message} onRetry={refetchArchives} />}
        {archives === undefined ? null : <ComparedParallel comparison={comparison} archives={archives} entries={entries} />}
        {hasImages ? <ComparedImages comparison={comparison} archives={archives} baseline={baseline} entries={entries} /> : null}
      </div>
      {hasGenerations ? (
        <aside className={styles.side}>
          <ComparedOutcomes comparison={comparison} writeQuery={writeQuery} />
          <ComparedChart comparison={comparison} writeQuery={writeQuery} shown={replay.generation ?? replay.last} onPick={replay.seek} />
          {archives === undefined ? null : (
            <ComparedFigures comparison={comparison} archives={archives} baseline={baseline} writeQuery={writeQuery} />
          )}
          <ComparedReach comparison={comparison} writeQuery={writeQuery} />
          <ComparedTests entries={entries} comparison={comparison} generation={replay.generation} baseline={baseline} />
        </aside>
      ) : (
        <aside className={styles.side}>
          <ComparedOutcomes comparison={comparison} writeQuery={writeQuery} />
          <p className="muted">
            None of these runs has stored a generation, so there are no curves{hasImages ? "." : " and no images to compare."}
          </p>
        </aside>
      )}
      {hasGenerations ? (
        <ComparisonScrubber
          comparison={comparison}
          replay={replay}
          film={
            <FilmButton
              name={`comparison-${formatComparedRuns(entries).replaceAll(/[^\d-]+/g, "_")}-film`}
              disabled={replay.last < 1}
              make={(context) => makeComparisonFilm({ ...shownClasses, ...filmed }, context)}
            />
          }
        />
      ) : null}
    </div>
  );
}
