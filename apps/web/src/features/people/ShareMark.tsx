/** A share on the line from 0 to 1: a dot with its interval, and chance as a tick. Its digits are beside it, so screen readers skip it. */
import type { PeopleShare } from "./peopleTexts.ts";
import styles from "./ShareMark.module.css";

interface ShareMarkProps {
  readonly share: Pick<PeopleShare, "share" | "low" | "high">;
  readonly chance?: number | null | undefined;
  readonly width?: number;
}

const percent = (value: number): string => `${value * 100}%`;

export function ShareMark({ share: { share, low, high }, chance, width }: ShareMarkProps) {
  return (
    <span className={styles.mark} aria-hidden="true" style={width === undefined ? undefined : { width }}>
      {chance === null || chance === undefined ? null : <u style={{ left: percent(chance) }} />}
      <i style={{ left: percent(low), width: percent(high - low) }} />
      <b style={{ left: percent(share) }} />
    </span>
  );
}
