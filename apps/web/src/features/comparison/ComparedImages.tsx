"use client";
/** Classes as rows and entries as columns: the image of greatest confidence in the generation shown, or its difference from the baseline's. */
import { useQueryState } from "nuqs";
import { Button } from "../marks/Button.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { letterOf } from "./comparedRuns.ts";
import { classesParser, differencesParser, offsetParser } from "./comparisonState.ts";
import { DifferenceImage } from "./DifferenceImage.tsx";
import { deltaInNines } from "./deltas.ts";
import { EntryMark } from "./EntryMark.tsx";
import { type ComparedArchives, type RunComparison, rowsOfPage } from "./useComparison.ts";

type Cell = ComparedArchives["rows"][number]["elites"][number];

const side = 84;

interface ComparedImagesProps {
  readonly comparison: RunComparison;
  /** Undefined while they load for the first time. */
  readonly archives: ComparedArchives | undefined;
  readonly baseline: number | null;
}

export function ComparedImages({ comparison, archives, baseline }: ComparedImagesProps) {
  const [contains, setContains] = useQueryState("classes", classesParser.withOptions({ throttleMs: 300 }));
  const [offset, setOffset] = useQueryState("from", offsetParser);
  const [asksDifferences, setAsksDifferences] = useQueryState("difference", differencesParser);
  const showsDifferences = asksDifferences && baseline !== null;
  const { classCount } = comparison;
  const rows = archives?.rows ?? [];
  const isFull = rows.length === rowsOfPage;
  return (
    <ResultSection title="Images" note={classCount > rowsOfPage ? `${formatCount(classCount)} classes` : undefined}>
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
        <table className={styles.images}>
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
            {rows.map(({ class: niche, label, elites }) => {
              const base = baseline === null ? null : (elites[baseline] ?? null);
              return (
                <tr key={niche}>
                  <th scope="row">{label}</th>
                  {elites.map((elite, entry) => (
                    <td key={entry}>
                      <ImageCell
                        elite={elite}
                        base={entry === baseline ? null : base}
                        showsDifference={showsDifferences}
                        runKey={(comparison.entries[entry]?.runs.length ?? 0) > 1 ? elite?.run.key : undefined}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {archives !== undefined && rows.length === 0 ? <p className="muted">No class has “{contains}” in its label.</p> : null}
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
  readonly elite: Cell;
  /** The baseline's elite of the class; null for the baseline itself. */
  readonly base: Cell;
  readonly showsDifference: boolean;
  /** The run of a group's image. */
  readonly runKey: string | undefined;
}

function ImageCell({ elite, base, showsDifference, runKey }: ImageCellProps) {
  if (elite == null) return <span className="muted t12">no image</span>;
  const { image, storedFitness, label } = elite;
  return (
    <span className={styles.cell}>
      <Link href={`/elites/${elite.id}`} prefetch={false} aria-label={`${label}, ${formatConfidence(storedFitness)}`}>
        {showsDifference && base != null ? (
          <DifferenceImage image={image} base={base.image} side={side} />
        ) : (
          <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
        )}
      </Link>
      <span className={styles.plaque}>
        <span className="n12">{formatConfidence(storedFitness)}</span>
        <span className="n11 muted">{base == null ? formatMiss(storedFitness) : deltaInNines(storedFitness, base.storedFitness)}</span>
        {runKey === undefined ? null : <span className="n11 muted">{runKey}</span>}
        <ConfidenceBar value={storedFitness} />
      </span>
    </span>
  );
}
