/** The mark of a locked run or experiment, with who locked it. */
import type { LockMarkFragment } from "../../graphql/generated/graphql.ts";
import styles from "./LockBadge.module.css";

export function LockBadge({ lock }: { readonly lock: LockMarkFragment | null | undefined }) {
  if (lock == null) return null;
  const by = lock.lockedBy == null ? "a former member" : lock.lockedBy.name;
  const day = new Date(lock.lockedAt).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return (
    <span className={styles.badge} title={`${lock.withExperiment ? "Its experiment was locked" : "Locked"} by ${by} on ${day}`}>
      <svg width="10" height="12" viewBox="0 0 10 12" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.4">
        <path d="M2.5 5V3.5a2.5 2.5 0 0 1 5 0V5M1 5h8v6H1z" />
      </svg>
      {lock.withExperiment ? "locked with its experiment" : `locked by ${by}`}
    </span>
  );
}
