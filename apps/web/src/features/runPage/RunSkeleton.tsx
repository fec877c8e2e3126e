/** Placeholder for a run's page while it loads, with the layout that all kinds of runs share. */
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { RunLayout } from "../run/RunLayout.tsx";

export function RunSkeleton({ runKey }: { runKey: string }) {
  return (
    <RunLayout
      busy
      head={
        <div className="pageHead">
          <div>
            <h1>{runKey}</h1>
            <p>
              <Skeleton width={240} height={20} />
            </p>
          </div>
        </div>
      }
      progress={<SkeletonLines count={4} height={40} />}
      facts={<SkeletonLines count={8} height={28} />}
    >
      <Skeleton height={360} />
    </RunLayout>
  );
}
