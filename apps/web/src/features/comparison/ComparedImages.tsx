"use client";
/** Classes as rows and entries as columns: the image of greatest confidence in the generation shown, or its difference from the baseline's. */
import { useQueryState } from "nuqs";
import { Button } from "../marks/Button.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { alignedTable } from "./alignedTable.ts";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import { type ComparedNumbers, letterOf } from "./comparedRuns.ts";
import { classesParser, differencesParser, offsetParser } from "./comparisonState.ts";
import { DifferenceImage } from "./DifferenceImage.tsx";
import { deltaInNines } from "./deltas.ts";
import { EntryMark } from "./EntryMark.tsx";
import { cellsOf, type GridCell } from "./gridCells.ts";
import { queryOf } from "./queryOf.ts";
import { type ComparedArchives, type RunComparison, rowsOfPage } from "./useComparison.ts";

const side = 84;

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
  const rows = archives?.rows ?? [];
  const isFull = rows.length === rowsOfPage;
  const cells = rows.map((row) => ({ class: row.class, label: row.label, images: cellsOf(row) }));
  const tools = useDataTools({
    name: archives === undefined || archives.generation < 0 ? "images" : `images-generation-${archives.generation}`,
    columns: ["class", "entry", "run", "confidence", "image"],
    rows: () =>
      cells.flatMap(({ label, images }) =>
        images.flatMap((cell, entry) => (cell === null ? [] : [[label, letterOf(entry), cell.runKey, cell.confidence, cell.image.url]])),
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
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Images by class and run">
        <table {...alignedTable(styles.images, comparison.entries.length)}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visuallyHidden">Class</span>
              </th>
              {comparison.entries.map(({ name }, entry) => (
                <th key={entry} scope="col">
                  <EntryMark entry={entry} title={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map(({ class: niche, label, images }) => {
              const base = baseline === null ? null : (images[baseline] ?? null);
              return (
                <tr key={niche}>
                  <th scope="row">{label}</th>
                  {images.map((cell, entry) => (
                    <td key={entry}>
                      <ImageCell
                        cell={cell}
                        base={entry === baseline ? null : base}
                        showsDifference={showsDifferences}
                        runKey={(comparison.entries[entry]?.runs.length ?? 0) > 1 ? cell?.runKey : undefined}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
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

interface ImageCellProps {
  readonly cell: GridCell | null;
  /** The baseline's image of the class; null for the baseline itself. */
  readonly base: GridCell | null;
  readonly showsDifference: boolean;
  /** The run of a group's image. */
  readonly runKey: string | undefined;
}

function ImageCell({ cell, base, showsDifference, runKey }: ImageCellProps) {
  if (cell === null) return <span className="muted t12">no image</span>;
  const { image, confidence, label, href } = cell;
  return (
    <span className={styles.cell}>
      <Link href={href} prefetch={false} aria-label={`${label}, ${formatConfidence(confidence)}`}>
        {showsDifference && base !== null ? (
          <DifferenceImage image={image} base={base.image} side={side} />
        ) : (
          <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
        )}
      </Link>
      <span className={styles.plaque}>
        <span className="n12">{formatConfidence(confidence)}</span>
        <span className="n11 muted">{base === null ? formatMiss(confidence) : deltaInNines(confidence, base.confidence)}</span>
        {runKey === undefined ? null : <span className="n11 muted">{runKey}</span>}
        <ConfidenceBar value={confidence} />
      </span>
    </span>
  );
}
