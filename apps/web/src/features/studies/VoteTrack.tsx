/** Votes so far against the number that a study needs, as digits and a bar in people's colour. */
import { formatCount } from "../marks/numbers.ts";
import styles from "./VoteTrack.module.css";

interface VoteTrackProps {
  readonly votes: number;
  /** Null for readers who may not see the plan. */
  readonly needed: number | null;
}

export function VoteTrack({ votes, needed }: VoteTrackProps) {
  const share = needed === null || needed === 0 ? 0 : Math.min(1, votes / needed);
  return (
    <span className={styles.voteTrack}>
      <span className="n12">
        {formatCount(votes)}
        {needed === null ? null : <span className="muted"> / {formatCount(needed)}</span>}
      </span>
      {needed === null ? null : (
        <span className={styles.bar} aria-hidden="true">
          <i style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </span>
  );
}
