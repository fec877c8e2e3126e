/** A confidence in digits, with its distance from 1 as the tooltip. */
import { formatConfidence, formatMiss } from "./confidence.ts";

export function Confidence({ value, size = "n" }: { value: number | null | undefined; size?: "n" | "n11" | "n12" | "n20" | "n36" }) {
  if (value === null || value === undefined) return <span className="muted">–</span>;
  return (
    <span className={size} title={formatMiss(value)}>
      {formatConfidence(value)}
    </span>
  );
}
