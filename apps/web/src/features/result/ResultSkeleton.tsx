/** The elite's page in its final shape, before its parts are here. */
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./EliteView.module.css";

export function EliteSkeleton() {
  return (
    <div className={`page ${styles.page}`} role="status" aria-label="Loading the elite">
      <div className={styles.plaque}>
        <Skeleton height={448} width={448} />
        <div>
          <Skeleton height={40} width="40%" />
          <SkeletonLines count={10} height={44} />
        </div>
      </div>
    </div>
  );
}
