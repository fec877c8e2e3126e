/** A placeholder in the final size of content that is loading. */
import styles from "./Skeleton.module.css";

export function Skeleton({ width = "100%", height = 16 }: { width?: number | string; height?: number | string }) {
  return <span className={styles.skeleton} aria-hidden="true" style={{ width, height }} />;
}

export function SkeletonLines({ count, height = 40 }: { count: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.skeletonLine} style={{ height }}>
          <Skeleton width={`${82 - ((index * 17) % 40)}%`} height={12} />
        </div>
      ))}
    </div>
  );
}
