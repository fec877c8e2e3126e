/** Classes as rows and entries as columns: an image in each cell, with its confidence and its distance from the baseline's. */
import type { ReactNode } from "react";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import type { PixelSource } from "../marks/pixelSource.ts";
import { alignedTable } from "./alignedTable.ts";
import styles from "./Comparison.module.css";
import type { ComparedEntries } from "./comparedParts.ts";
import { DifferenceImage } from "./DifferenceImage.tsx";
import { deltaInNines } from "./deltas.ts";
import { EntryMark } from "./EntryMark.tsx";

export interface GridCell {
  /** The page of the result that the image comes from. */
  readonly href: string;
  readonly label: string;
  /** Of the stored image in the row's class. */
  readonly confidence: number;
  /** Null if the reader cannot load it. */
  readonly image: PixelSource | null;
  readonly runKey: string;
}

interface GridRow<Cell extends GridCell> {
  readonly class: number;
  readonly label: string;
  /** One for each entry; null for an entry without an image of the class. */
  readonly cells: readonly (Cell | null)[];
}

interface ImageGridProps<Cell extends GridCell> {
  readonly entries: ComparedEntries["entries"];
  readonly rows: readonly GridRow<Cell>[];
  /** Place of the entry with which the others are compared. */
  readonly baseline: number | null;
  /** Whether cells show how their image differs from the baseline's. */
  readonly showsDifferences?: boolean;
  /** More lines of a cell, below the confidence. */
  readonly note?: (cell: Cell) => ReactNode;
}

const side = 84;

export function ImageGrid<Cell extends GridCell>({ entries, rows, baseline, showsDifferences = false, note }: ImageGridProps<Cell>) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Images by class and run">
      <table {...alignedTable(styles.images, entries.length)}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visuallyHidden">Class</span>
            </th>
            {entries.map(({ name }, entry) => (
              <th key={entry} scope="col">
                <EntryMark entry={entry} title={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ class: niche, label, cells }) => {
            const base = baseline === null ? null : (cells[baseline] ?? null);
            return (
              <tr key={niche}>
                <th scope="row">{label}</th>
                {cells.map((cell, entry) => (
                  <td key={entry}>
                    {cell === null ? (
                      <span className="muted t12">no image</span>
                    ) : (
                      <Cell
                        cell={cell}
                        base={entry === baseline ? null : base}
                        showsDifference={showsDifferences}
                        namesRun={(entries[entry]?.runs.length ?? 0) > 1}
                        note={note?.(cell)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly cell: GridCell;
  /** The baseline's image of the class; null for the baseline itself. */
  readonly base: GridCell | null;
  readonly showsDifference: boolean;
  /** Whether the entry has several runs. */
  readonly namesRun: boolean;
  readonly note: ReactNode;
}

function Cell({ cell, base, showsDifference, namesRun, note }: CellProps) {
  const { image, confidence, label, href, runKey } = cell;
  return (
    <span className={styles.cell}>
      {image === null ? (
        <span className="muted t12">cannot be shown</span>
      ) : (
        <Link href={href} prefetch={false} aria-label={`${label}, ${formatConfidence(confidence)}`}>
          {showsDifference && base !== null && base.image !== null ? (
            <DifferenceImage image={image} base={base.image} side={side} />
          ) : (
            <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
          )}
        </Link>
      )}
      <span className={styles.plaque}>
        <span className="n12">{formatConfidence(confidence)}</span>
        <span className="n11 muted">{base === null ? formatMiss(confidence) : deltaInNines(confidence, base.confidence)}</span>
        {namesRun ? <span className="n11 muted">{runKey}</span> : null}
        {note}
        <ConfidenceBar value={confidence} />
      </span>
    </span>
  );
}
