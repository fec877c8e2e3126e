/** Labels at the left of tiles sorted by confidence: the last row that reaches each milestone. */
import { formatAxisConfidence } from "../marks/confidence.ts";
import styles from "./ArchiveCanvas.module.css";
import type { Grid } from "./canvasLayout.ts";
import type { Notch } from "./niches.ts";

export function NotchLabels({ notches, grid }: { readonly notches: readonly Notch[]; readonly grid: Grid }) {
  const rows = new Map<number, number>();
  // If several milestones end in one row, only the highest is shown.
  for (const { confidence, position } of notches) {
    const row = Math.floor((position - 1) / grid.columns);
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
