"use client";
/** The archive is the hero; below it the curves, the jumps and the film; beside it what the run is and what one may do. */
import { ArchiveCanvas, largestGrid } from "../archiveCanvas/ArchiveCanvas.tsx";
import { RunAnalyses } from "../runAnalyses/RunAnalyses.tsx";
import { ArchiveGrid } from "./ArchiveGrid.tsx";
import { RunAside } from "./RunAside.tsx";
import { RunCharts } from "./RunCharts.tsx";
import { RunHead } from "./RunHead.tsx";
import "./run.css";
import type { EvolutionOnPage } from "./runOnPage.ts";
import { useReplay } from "./useReplay.ts";
import { useRunFeed } from "./useRunFeed.ts";

export function EvolutionView({ run }: { run: EvolutionOnPage }) {
  const feed = useRunFeed(run.id, run);
  const replay = useReplay(run.id, Math.max(run.generation, feed.statistics.at(-1)?.generation ?? -1));
  const elites = replay.elites ?? feed.elites;
  return (
    <div className="runSplit">
      <div className="runMain">
        <RunHead run={run} />
        {run.model.labels.length > largestGrid ? (
          <ArchiveCanvas labels={run.model.labels} elites={elites} />
        ) : (
          <ArchiveGrid
            labels={run.model.labels}
            aspect={run.model.width / run.model.height}
            elites={elites}
            replaying={replay.generation !== null}
          />
        )}
        <RunCharts run={run} feed={feed} replay={replay} />
        <RunAnalyses run={run} />
      </div>
      <RunAside run={run} feed={feed} />
    </div>
  );
}
