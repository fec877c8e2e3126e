"use client";
/** The archive is the hero; below it the curves, the jumps and the film; beside it what the run is and what one may do. */
import Link from "next/link";
import { formatClock } from "../marks/numbers.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { ArchiveGrid } from "./ArchiveGrid.tsx";
import { RunAside } from "./RunAside.tsx";
import { RunCharts } from "./RunCharts.tsx";
import "./run.css";
import type { EvolutionOnPage, RunOnPage } from "./runOnPage.ts";
import { useReplay } from "./useReplay.ts";
import { useRunFeed } from "./useRunFeed.ts";

function startedWords(run: RunOnPage): string {
  const started = run.startedAt ? new Date(run.startedAt) : null;
  const by = `by ${run.createdBy.name}`;
  if (!started) return `waits for a worker, created ${by}`;
  const today = started.toDateString() === new Date().toDateString();
  const when = today ? formatClock(started) : started.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return `started ${when} ${by}`;
}

export function EvolutionView({ run }: { run: EvolutionOnPage }) {
  const feed = useRunFeed(run.id, run);
  const replay = useReplay(run.id, Math.max(run.generation, feed.statistics.at(-1)?.generation ?? -1));
  const elites = replay.elites ?? feed.elites;
  return (
    <div className="runSplit">
      <PagePath
        steps={[{ label: `${run.experiment.key} ${run.experiment.name}`, href: `/experiments/${run.experiment.key}` }]}
        here={run.key}
      />
      <div className="runMain">
        <div className="pageHead">
          <div>
            <h1>{run.name}</h1>
            <p suppressHydrationWarning>
              <span className="n12 second">{run.key}</span> of{" "}
              <Link className="link" href={`/experiments/${run.experiment.key}`}>
                {run.experiment.key}
              </Link>
              , {startedWords(run)}
            </p>
          </div>
        </div>
        <ArchiveGrid
          labels={run.model.labels}
          aspect={run.model.width / run.model.height}
          elites={elites}
          replaying={replay.generation !== null}
        />
        <RunCharts run={run} feed={feed} replay={replay} />
      </div>
      <RunAside run={run} feed={feed} />
    </div>
  );
}
