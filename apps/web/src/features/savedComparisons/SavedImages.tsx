"use client";
/** The images that a saved comparison has kept: classes as rows, entries as columns, each with its confidence and the start of its hash. */
import { alignedTable } from "../comparison/alignedTable.ts";
import styles from "../comparison/Comparison.module.css";
import { comparedFields } from "../comparison/comparedFields.ts";
import { letterOf } from "../comparison/comparedRuns.ts";
import { deltaInNines } from "../comparison/deltas.ts";
import { EntryMark } from "../comparison/EntryMark.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { addressOfResult, queryOfSaved, type SavedComparison, type SavedImage } from "./savedComparison.ts";

const side = 84;
const shownDigits = 8;

export function SavedImages({ saved }: { readonly saved: SavedComparison }) {
  const { entries, rows, key } = saved;
  const baseline = saved.baseline ?? null;
  const tools = useDataTools({
    name: `${key}-images`,
    columns: ["class", "entry", "run", "label", "confidence", "sha256"],
    rows: rows.flatMap(({ label, images }) =>
      images.flatMap((image, entry) =>
        image == null ? [] : [[label, letterOf(entry), image.runKey, image.label, image.confidence, image.sha256]],
      ),
    ),
    query: queryOfSaved(key, comparedFields.savedImages),
  });
  return (
    <ResultSection title="Images" tools={tools}>
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
            {rows.map(({ class: niche, label, images }) => {
              const base = baseline === null ? null : (images[baseline] ?? null);
              return (
                <tr key={niche}>
                  <th scope="row">{label}</th>
                  {images.map((image, entry) => (
                    <td key={entry}>
                      <KeptImage
                        kept={image ?? null}
                        base={entry === baseline ? null : base}
                        namesRun={(entries[entry]?.runs.length ?? 0) > 1}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </ResultSection>
  );
}

interface KeptImageProps {
  readonly kept: SavedImage | null;
  /** The baseline's image of the class; null for the baseline itself. */
  readonly base: SavedImage | null;
  /** Whether the entry has several runs. */
  readonly namesRun: boolean;
}

function KeptImage({ kept, base, namesRun }: KeptImageProps) {
  if (kept === null) return <span className="muted t12">no image</span>;
  const { image, confidence, label, runKey, sha256 } = kept;
  return (
    <span className={styles.cell}>
      {image == null ? (
        <span className="muted t12">cannot be shown</span>
      ) : (
        <Link href={addressOfResult(kept)} prefetch={false} aria-label={`${label}, ${formatConfidence(confidence)}`}>
          <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
        </Link>
      )}
      <span className={styles.plaque}>
        <span className="n12">{formatConfidence(confidence)}</span>
        <span className="n11 muted">{base === null ? formatMiss(confidence) : deltaInNines(confidence, base.confidence)}</span>
        {namesRun ? <span className="n11 muted">{runKey}</span> : null}
        <span className="n11 muted" title={`SHA-256 ${sha256}`}>
          {sha256.slice(0, shownDigits)}
        </span>
        <ConfidenceBar value={confidence} />
      </span>
    </span>
  );
}
