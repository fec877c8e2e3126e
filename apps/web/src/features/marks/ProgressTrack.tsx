/** A thin line that fills with progress. */
import styles from "./ProgressTrack.module.css";

interface ProgressTrackProps {
  /** From 0 to 1. */
  readonly share: number;
  /** What progresses, for screen readers; without it the line is only decoration. */
  readonly label?: string;
  readonly className?: string | undefined;
}

export function ProgressTrack({ share, label, className = "" }: ProgressTrackProps) {
  const spoken = {
    role: "progressbar",
    "aria-label": label,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": Math.floor(share * 100),
  };
  return (
    <span className={`${styles.progressTrack} ${className}`} {...(label === undefined ? {} : spoken)}>
      <i style={{ width: `${share * 100}%` }} />
    </span>
  );
}
