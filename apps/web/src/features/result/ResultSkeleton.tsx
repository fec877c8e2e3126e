/** Placeholder for a result's page while it loads. */
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./ResultLayout.module.css";

export function ResultSkeleton({ noun }: { readonly noun: string }) {
  return (
    <div className={`page ${styles.page}`} role="status" aria-label={`Loading the ${noun}`}>
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
