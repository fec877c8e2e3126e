/** At the left of tiles in the order of confidence: the row in which each milestone is still held. */
import { formatAxisConfidence } from "../marks/confidence.ts";
import styles from "./ArchiveCanvas.module.css";
import type { Grid } from "./canvasLayout.ts";
import type { Notch } from "./niches.ts";

export function NotchLabels({ notches, grid }: { readonly notches: readonly Notch[]; readonly grid: Grid }) {
  const rows = new Map<number, number>();
  // Of milestones that end in one row the highest is said.
  for (const { confidence, place } of notches) {
    const row = Math.floor((place - 1) / grid.columns);
    if (!rows.has(row)) rows.set(row, confidence);
  }
  return (
    <div aria-hidden="true">
      {[...rows].map(([row, confidence]) => (
        <span key={row} className={`${styles.notchLabel} n11`} style={{ top: row * grid.cellHeight, height: grid.cell }}>
          {formatAxisConfidence(confidence)}
        </span>
      ))}
    </div>
  );
}
