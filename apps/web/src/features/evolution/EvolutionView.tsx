"use client";
/** An evolution's page: the archive, with curves, jumps and film below it, and the run's state, controls and settings beside it. */
import { ArchiveCanvas, maxGrid } from "../archiveCanvas/ArchiveCanvas.tsx";
import { archiveRules } from "../archiveCanvas/archiveState.ts";
import { Terms } from "../glossary/Terms.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { wholeNumberOf } from "../marks/addressProblems.ts";
import { formatConfidence } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import { isMeasured, type MeasuredStatistics } from "../run/measuredStatistics.ts";
import { RunHead } from "../run/RunHead.tsx";
import { RunLayout } from "../run/RunLayout.tsx";
import type { EvolutionOnPage } from "../run/runOnPage.ts";
import { useRunFeed } from "../run/useRunFeed.ts";
import { RunAnalyses } from "../runAnalyses/RunAnalyses.tsx";
import { Discussion } from "../tracking/Discussion.tsx";
import { ArchiveFrame } from "./ArchiveFrame.tsx";
import { ArchiveGrid } from "./ArchiveGrid.tsx";
import { GenerationProgress } from "./GenerationProgress.tsx";
import { RunCharts } from "./RunCharts.tsx";
import { RunFacts } from "./RunFacts.tsx";
import { useReplay } from "./useReplay.ts";

const generationRule = wholeNumberOf("gen", "the last generation is shown");

/** Summary figures of a large archive, which its many tiles do not show. */
function ArchiveFacts({ niches, latest }: { niches: number; latest: MeasuredStatistics | undefined }) {
  return (
    <>
      . <b className="n12">{formatCount(niches)}</b> <Terms>niches</Terms>
      {latest ? (
        <>
          , median <b className="n12">{formatConfidence(latest.median)}</b>, mean <b className="n12">{formatConfidence(latest.mean)}</b>
        </>
      ) : null}
    </>
  );
}

export function EvolutionView({ run }: { run: EvolutionOnPage }) {
  const feed = useRunFeed(run);
  const replay = useReplay(run.id, {
    first: run.forkedFromGeneration ?? 0,
    last: Math.max(run.generation ?? -1, feed.statistics.at(-1)?.generation ?? -1),
  });
  const large = run.model.labels.length > maxGrid;
  return (
    <RunLayout
      head={
        <RunHead run={run}>{large ? <ArchiveFacts niches={run.nicheCount} latest={feed.statistics.findLast(isMeasured)} /> : null}</RunHead>
      }
      progress={<GenerationProgress run={run} />}
      facts={<RunFacts run={run} feed={feed} />}
    >
      <AddressCheck rules={large ? [...archiveRules(run.model.labels.length), generationRule] : [generationRule]} />
      <ArchiveFrame replay={replay} live={feed.elites}>
        {({ elites, generation }) =>
          large ? (
            <ArchiveCanvas
              runId={run.id}
              labels={run.model.labels}
              elites={elites}
              shown={generation ?? replay.generation ?? replay.last}
              replaying={replay.generation !== null}
            />
          ) : (
            <ArchiveGrid
              labels={run.model.labels}
              aspect={run.model.width / run.model.height}
              pixels={run.model.width}
              elites={elites}
              replaying={replay.generation !== null}
            />
          )
        }
      </ArchiveFrame>
      <RunCharts run={run} feed={feed} replay={replay} />
      <RunAnalyses run={run} />
      <Discussion id={run.id} />
    </RunLayout>
  );
}
