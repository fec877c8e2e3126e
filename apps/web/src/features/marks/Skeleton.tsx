/** A place held for what is on its way, in its final size. */
export function Skeleton({ width = "100%", height = 16 }: { width?: number | string; height?: number | string }) {
  return <span className="skeleton" aria-hidden="true" style={{ width, height }} />;
}

export function SkeletonLines({ count, height = 40 }: { count: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="skeletonLine" style={{ height }}>
          <Skeleton width={`${82 - ((index * 17) % 40)}%`} height={12} />
        </div>
      ))}
    </div>
  );
}
