"use client";
/** The images that a saved comparison has kept, each with the start of its hash. */
import { comparedFields } from "../comparison/comparedFields.ts";
import { letterOf } from "../comparison/comparedRuns.ts";
import { ImageGrid } from "../comparison/ImageGrid.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { addressOfResult, queryOfSaved, type SavedComparison } from "./savedComparison.ts";

const shownDigits = 8;

export function SavedImages({ saved }: { readonly saved: SavedComparison }) {
  const { entries, key } = saved;
  const rows = saved.rows.map(({ class: niche, label, images }) => ({
    class: niche,
    label,
    cells: images.map((kept) => (kept == null ? null : { ...kept, image: kept.image ?? null, href: addressOfResult(kept) })),
  }));
  const tools = useDataTools({
    name: `${key}-images`,
    columns: ["class", "entry", "run", "label", "confidence", "sha256"],
    rows: rows.flatMap(({ label, cells }) =>
      cells.flatMap((cell, entry) =>
        cell === null ? [] : [[label, letterOf(entry), cell.runKey, cell.label, cell.confidence, cell.sha256]],
      ),
    ),
    query: queryOfSaved(key, comparedFields.savedImages),
  });
  return (
    <ResultSection title="Images" tools={tools}>
      <ImageGrid
        entries={entries}
        rows={rows}
        baseline={saved.baseline ?? null}
        note={({ sha256 }) => (
          <span className="n11 muted" title={`SHA-256 ${sha256}`}>
            {sha256.slice(0, shownDigits)}
          </span>
        )}
      />
    </ResultSection>
  );
}
