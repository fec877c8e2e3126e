/** A thin progress bar. */
import styles from "./ProgressTrack.module.css";

interface ProgressTrackProps {
  /** From 0 to 1. */
  readonly share: number;
  /** Label for screen readers; without it, the bar is decoration. */
  readonly label?: string;
  readonly className?: string | undefined;
}

export function ProgressTrack({ share, label, className = "" }: ProgressTrackProps) {
  const accessibleProps = {
    role: "progressbar",
    "aria-label": label,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": Math.floor(share * 100),
  };
  return (
    <span className={`${styles.progressTrack} ${className}`} {...(label === undefined ? {} : accessibleProps)}>
      <i style={{ width: `${share * 100}%` }} />
    </span>
  );
}
