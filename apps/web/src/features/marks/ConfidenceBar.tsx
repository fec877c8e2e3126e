/** A confidence as a framed bar on the nines scale in its ramp colour. The digits stand beside it, so it is hidden from screen readers. */
import { ninesScale, rampColor } from "./confidence.ts";

export function ConfidenceBar({ value, width }: { value: number | null | undefined; width?: number }) {
  const known = value !== null && value !== undefined;
  return (
    <span className={known ? "confidenceBar" : "confidenceBar unknown"} aria-hidden="true" style={width ? { width } : undefined}>
      {known && value > 0 ? <i style={{ width: `${ninesScale(value) * 100}%`, background: rampColor(value) }} /> : null}
    </span>
  );
}

/** The ramp's colour as a framed square, for legends and tables. */
export function ConfidenceSwatch({ value }: { value: number }) {
  return <span className="confidenceSwatch" aria-hidden="true" style={{ background: rampColor(value) }} />;
}
