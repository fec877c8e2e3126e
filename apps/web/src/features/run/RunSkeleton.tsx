/** The run page's shape before its data: ten empty niches, the chart's place, the rail's lines. */
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { EmptyTile } from "../marks/Tile.tsx";
import "./run.css";

export function RunSkeleton({ runKey }: { runKey: string }) {
  return (
    <div className="runSplit" aria-busy="true">
      <div className="runMain">
        <div className="pageHead">
          <div>
            <h1>{runKey}</h1>
            <p>
              <Skeleton width={240} height={20} />
            </p>
          </div>
        </div>
        <div className="archiveGrid">
          {Array.from({ length: 10 }, (_, niche) => (
            <EmptyTile key={niche} />
          ))}
        </div>
        <Skeleton height={300} />
      </div>
      <aside className="runAside" aria-label="The run">
        <SkeletonLines count={8} height={28} />
      </aside>
    </div>
  );
}
