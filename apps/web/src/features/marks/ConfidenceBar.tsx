/** A confidence as a framed bar on the nines scale in its ramp colour. Hidden from screen readers, since the digits are beside it. */
import styles from "./ConfidenceBar.module.css";
import { ninesScale, rampColor } from "./confidence.ts";

interface ConfidenceBarProps {
  readonly value: number | null | undefined;
  readonly width?: number;
  /** A class of the parent, for margins. */
  readonly className?: string | undefined;
}

export function ConfidenceBar({ value, width, className = "" }: ConfidenceBarProps) {
  const known = value !== null && value !== undefined;
  return (
    <span
      className={`${styles.confidenceBar} ${known ? "" : styles.unknown} ${className}`}
      aria-hidden="true"
      style={width ? { width } : undefined}
    >
      {known && value > 0 ? <i style={{ width: `${ninesScale(value) * 100}%`, background: rampColor(value) }} /> : null}
    </span>
  );
}

/** The ramp's colour as a framed square, for legends and tables. */
export function ConfidenceSwatch({ value, className = "" }: { value: number; className?: string | undefined }) {
  return <span className={`${styles.confidenceSwatch} ${className}`} aria-hidden="true" style={{ background: rampColor(value) }} />;
}
