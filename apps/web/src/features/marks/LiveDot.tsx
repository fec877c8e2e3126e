/** A dot that breathes while something runs; a hollow one if nothing does. */
import styles from "./LiveDot.module.css";

interface LiveDotProps {
  readonly off?: boolean;
  /** Adds the margins that the dot has in its place. */
  readonly className?: string | undefined;
}

export function LiveDot({ off = false, className = "" }: LiveDotProps) {
  return <span className={`${styles.liveDot} ${off ? styles.off : ""} ${className}`} aria-hidden="true" />;
}
