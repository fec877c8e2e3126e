/** A pulsing dot for a live process, or a hollow dot if it is off. */
import styles from "./LiveDot.module.css";

interface LiveDotProps {
  readonly off?: boolean;
  /** A class of the parent, for margins. */
  readonly className?: string | undefined;
}

export function LiveDot({ off = false, className = "" }: LiveDotProps) {
  return <span className={`${styles.liveDot} ${off ? styles.off : ""} ${className}`} aria-hidden="true" />;
}
