"use client";
/** A saved comparison: title, notes, and the sections of a comparison with what it has kept. */
import { useState } from "react";
import { toast } from "sonner";
import { useRouter } from "../addresses/navigation.ts";
import { ComparedChart } from "../comparison/ComparedChart.tsx";
import { ComparedClaims } from "../comparison/ComparedClaims.tsx";
import { ComparedFigures } from "../comparison/ComparedFigures.tsx";
import { ComparedOutcomes } from "../comparison/ComparedOutcomes.tsx";
import { ComparedReach } from "../comparison/ComparedReach.tsx";
import comparisonStyles from "../comparison/Comparison.module.css";
import { savedTestFields } from "../comparison/comparedFields.ts";
import type { WriteQuery } from "../comparison/comparedParts.ts";
import { letterOf } from "../comparison/comparedRuns.ts";
import { outcomeColumns, outcomeRows } from "../comparison/outcomeRows.ts";
import { SettingDifferences } from "../comparison/SettingDifferences.tsx";
import { type Measure, MeasureChoice, rowsOfTests, TestTable, testColumns } from "../comparison/TestTable.tsx";
import type { DraftOwner } from "../drafts/draftStore.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { toCsv } from "../marks/csv.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { Menu } from "../marks/Menu.tsx";
import { formatCount } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { EditableNotes } from "../tracking/EditableNotes.tsx";
import { EditableTitle } from "../tracking/EditableTitle.tsx";
import { comparisonJson, comparisonMarkdown, figureColumns, figureRows } from "./comparisonFiles.ts";
import { comparisonHtml } from "./comparisonHtml.tsx";
import { notesPlaceholder } from "./SaveComparisonButton.tsx";
import styles from "./SavedComparisons.module.css";
import { SavedImages } from "./SavedImages.tsx";
import { liveAddress, queryOfSaved, type SavedComparison } from "./savedComparison.ts";
import { useSavedComparisonChanges } from "./useSavedComparisonChanges.ts";

interface SavedComparisonViewProps {
  readonly saved: SavedComparison;
  /** Whose draft of the notes is kept. */
  readonly owner: DraftOwner;
}

const dateFormat: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };

export function SavedComparisonView({ saved, owner }: SavedComparisonViewProps) {
  const router = useRouter();
  const changes = useSavedComparisonChanges();
  const { may } = usePermissions();
  const mayEdit = saved.mayEdit && may("editSavedComparison");
  const { key, title, createdBy, createdAt, generation, baseline } = saved;
  const writeQuery: WriteQuery = (fields) => queryOfSaved(key, fields);
  const hasGenerations = generation >= 0;
  const saveHtml = () =>
    comparisonHtml(saved, window.location.href).then(
      (html) => downloadFile(`${key}.html`, html, "text/html"),
      (error: Error) => toast.error(error.message),
    );
  const files = [
    { label: "HTML, one page with its images", onSelect: () => void saveHtml() },
    {
      label: "Markdown",
      onSelect: () => downloadFile(`${key}.md`, comparisonMarkdown(saved, window.location.href), "text/markdown"),
    },
    { label: "JSON, every number", onSelect: () => downloadFile(`${key}.json`, comparisonJson(saved), "application/json") },
    ...(saved.outcomes == null
      ? []
      : [
          {
            label: "CSV, the results",
            onSelect: () => downloadFile(`${key}-results.csv`, toCsv(outcomeColumns, outcomeRows(saved)), "text/csv"),
          },
        ]),
    { label: "CSV, the figures", onSelect: () => downloadFile(`${key}.csv`, toCsv(figureColumns, figureRows(saved)), "text/csv") },
  ];
  const remove = () => {
    void changes.remove(saved);
    router.push("/comparisons");
  };
  return (
    <>
      <header className="pageHead">
        <div>
          {mayEdit ? (
            <EditableTitle
              subjectKey={key}
              title={title}
              stored={title}
              mayBeEmpty={false}
              send={(wanted, previous) => changes.rename(saved, wanted, previous)}
            />
          ) : (
            <h1>{title}</h1>
          )}
          <p suppressHydrationWarning>
            Saved on {new Date(String(createdAt)).toLocaleString("en-GB", dateFormat)} by {createdBy?.name ?? "a former member"}
            {hasGenerations ? `, at generation ${formatCount(generation)}` : ""}
            {baseline == null ? "" : `, with ${letterOf(baseline)} as the baseline`}. Figures and images date from then.
          </p>
        </div>
        <div className="pageActions">
          <Menu label={`Download ${key}`} text="Download" items={files} />
          <ButtonLink href={liveAddress(saved)}>Open live comparison</ButtonLink>
          {saved.mayEdit ? (
            <Menu label={`Actions on ${key}`} items={[{ label: "Delete", needs: "deleteSavedComparison", onSelect: remove }]} />
          ) : null}
        </div>
      </header>
      <div className={styles.notes}>
        <EditableNotes
          subject={saved}
          owner={owner}
          writable={mayEdit}
          placeholder={notesPlaceholder}
          send={(notes, previous) => changes.editNotes(saved, notes, previous)}
        />
      </div>
      <div className={comparisonStyles.columns}>
        <div className={comparisonStyles.main}>
          <SettingDifferences comparison={saved} writeQuery={writeQuery} />
          <ComparedClaims comparison={saved} writeQuery={writeQuery} />
          {saved.rows.length === 0 ? null : <SavedImages saved={saved} />}
        </div>
        {hasGenerations ? (
          <aside className={comparisonStyles.side}>
            <ComparedOutcomes comparison={saved} writeQuery={writeQuery} />
            <ComparedChart comparison={saved} writeQuery={writeQuery} shown={generation} />
            <ComparedFigures comparison={saved} archives={saved} baseline={baseline ?? null} writeQuery={writeQuery} />
            <ComparedReach comparison={saved} writeQuery={writeQuery} />
            <SavedTests saved={saved} />
          </aside>
        ) : (
          <aside className={comparisonStyles.side}>
            <ComparedOutcomes comparison={saved} writeQuery={writeQuery} />
            <p className="muted">None of these runs had stored a generation, so there are no curves.</p>
          </aside>
        )}
      </div>
    </>
  );
}

const names = { MEDIAN: "medianTests", FOOLING: "foolingTests", FIRST_REACHED: "firstReachedTests" } as const;

function SavedTests({ saved }: { readonly saved: SavedComparison }) {
  const [measure, setMeasure] = useState<Measure>("MEDIAN");
  const tests = saved[names[measure]];
  const tools = useDataTools({
    name: `${saved.key}-tests-${measure.toLowerCase()}`,
    columns: testColumns,
    rows: rowsOfTests(tests),
    query: queryOfSaved(saved.key, savedTestFields(measure)),
  });
  if (tests.pairs.length === 0) return null;
  return (
    <ResultSection title="Tests between groups" tools={tools}>
      <MeasureChoice measure={measure} onChange={setMeasure} />
      <TestTable tests={tests} entries={saved.entries} />
    </ResultSection>
  );
}
