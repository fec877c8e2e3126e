"use client";
/** Curves, jumps and scrubber on one axis, with their data as a table, a file and a query. */
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { FilmExport } from "../film/FilmExport.tsx";
import { Terms } from "../glossary/Terms.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import type { RunFeed } from "../run/runFeed.ts";
import type { EvolutionOnPage } from "../run/runOnPage.ts";
import { isActive } from "../run/runStates.ts";
import { ForkButton } from "../runOrigin/ForkButton.tsx";
import { ConfidenceChart } from "./ConfidenceChart.tsx";
import { JumpStrip } from "./JumpStrip.tsx";
import styles from "./RunCharts.module.css";
import { Scrubber } from "./Scrubber.tsx";
import { statisticsColumns, statisticsQuery } from "./statisticsQuery.ts";
import type { Replay } from "./useReplay.ts";

export function RunCharts({ run, feed, replay }: { run: EvolutionOnPage; feed: RunFeed; replay: Replay }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const svg = useRef<SVGSVGElement>(null);
  const rows = feed.statistics.map((row) => statisticsColumns.map((column) => row[column] ?? null));
  const { toolbar, content } = useDataTools({
    name: `${run.key}-confidence`,
    columns: statisticsColumns,
    rows,
    query: statisticsQuery(run.id),
    svg,
  });
  const shown = replay.generation ?? replay.last;
  return (
    <section aria-labelledby="confidenceOverGenerations" ref={frame}>
      <div className="sectionHead">
        <h2 id="confidenceOverGenerations">
          Confidence over generations{" "}
          <span className="t12 muted">
            <Terms>of stored images, on the nines scale</Terms>
          </span>
        </h2>
        {toolbar}
      </div>
      {content}
      <ConfidenceChart
        statistics={feed.statistics}
        milestones={run.milestones}
        generations={run.generations}
        shown={shown}
        width={width}
        svg={svg}
        onPick={(generation) => replay.seek(generation >= replay.last ? null : generation)}
      />
      <div className={`sectionHead ${styles.jumpsHead}`}>
        <h2>
          Jumps{" "}
          <span className="t12 muted">
            <Terms>elites replaced in a generation</Terms>
          </span>
        </h2>
        <span className="t12 muted">
          {feed.lastJumpAt && isActive(run.state) ? (
            <>
              last jump <RelativeTime time={feed.lastJumpAt} />
            </>
          ) : null}
        </span>
      </div>
      <JumpStrip statistics={feed.statistics} generations={run.generations} width={width} />
      <Scrubber replay={replay} first={run.forkedFromGeneration ?? 0} generations={run.generations} live={isActive(run.state)}>
        <ForkButton run={run} generation={replay.generation ?? replay.last} />
        <FilmExport
          name={run.key}
          runId={run.id}
          title={`${run.key} ${run.name}`}
          labels={run.model.labels}
          imageSide={run.model.width}
          last={replay.last}
        />
      </Scrubber>
    </section>
  );
}
