"use client";
/** Classes as rows and entries as columns: the image of greatest confidence in the generation shown, or its difference from the baseline's. */
import { useQueryState } from "nuqs";
import { Button } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import { type ComparedNumbers, letterOf } from "./comparedRuns.ts";
import { classesParser, differencesParser, offsetParser } from "./comparisonState.ts";
import { cellsOf } from "./gridCells.ts";
import { ImageGrid } from "./ImageGrid.tsx";
import { queryOf } from "./queryOf.ts";
import { type ComparedArchives, type RunComparison, rowsOfPage } from "./useComparison.ts";

interface ComparedImagesProps {
  readonly comparison: RunComparison;
  /** Undefined while they load for the first time. */
  readonly archives: ComparedArchives | undefined;
  readonly baseline: number | null;
  readonly entries: readonly ComparedNumbers[];
}

export function ComparedImages({ comparison, archives, baseline, entries }: ComparedImagesProps) {
  const [contains, setContains] = useQueryState("classes", classesParser.withOptions({ throttleMs: 300 }));
  const [offset, setOffset] = useQueryState("from", offsetParser);
  const [asksDifferences, setAsksDifferences] = useQueryState("difference", differencesParser);
  const showsDifferences = asksDifferences && baseline !== null;
  const { classCount } = comparison;
  const rows = (archives?.rows ?? []).map((row) => ({ class: row.class, label: row.label, cells: cellsOf(row) }));
  const isFull = rows.length === rowsOfPage;
  const tools = useDataTools({
    name: archives === undefined || archives.generation < 0 ? "images" : `images-generation-${archives.generation}`,
    columns: ["class", "entry", "run", "confidence", "image"],
    rows: () =>
      rows.flatMap(({ label, cells }) =>
        cells.flatMap((cell, entry) => (cell === null ? [] : [[label, letterOf(entry), cell.runKey, cell.confidence, cell.image.url]])),
      ),
    query: queryOf(entries, comparedFields.images, archives?.generation ?? null),
  });
  return (
    <ResultSection title="Images" tools={tools} note={classCount > rowsOfPage ? `${formatCount(classCount)} classes` : undefined}>
      <div className={styles.imageTools}>
        {classCount > rowsOfPage ? (
          <input
            className="input"
            type="search"
            aria-label="Find classes"
            placeholder="Find classes"
            value={contains}
            onChange={(event) => {
              void setContains(event.target.value === "" ? null : event.target.value);
              void setOffset(null);
            }}
          />
        ) : null}
        <button
          type="button"
          className="link t12"
          aria-pressed={showsDifferences}
          disabled={baseline === null}
          title={baseline === null ? "Choose a baseline first." : undefined}
          onClick={() => void setAsksDifferences(showsDifferences ? null : true)}
        >
          {baseline === null
            ? "Differences of images need a baseline"
            : showsDifferences
              ? "Show the images"
              : `Show how images differ from ${letterOf(baseline)}`}
        </button>
      </div>
      <ImageGrid entries={comparison.entries} rows={rows} baseline={baseline} showsDifferences={showsDifferences} />
      {archives !== undefined && rows.length === 0 ? (
        <p className="muted">{contains === "" ? "These runs have no images yet." : `No class has “${contains}” in its label.`}</p>
      ) : null}
      {offset > 0 || isFull ? (
        <p className={styles.pages}>
          <Button disabled={offset === 0} onClick={() => void setOffset(offset <= rowsOfPage ? null : offset - rowsOfPage)}>
            Earlier classes
          </Button>
          <Button disabled={!isFull} onClick={() => void setOffset(offset + rowsOfPage)}>
            Later classes
          </Button>
        </p>
      ) : null}
    </ResultSection>
  );
}
