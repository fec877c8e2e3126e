"use client";
/** The rungs of successive halving: each point's result at each rung, and which points continued. Nothing for a sweep without it. */
import { useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { ninesAxis, nineTickLabel } from "../charts/ninesAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { rampColor } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Rungs.module.css";
import { nameOfRung, type RungTrack, shortStateOfRung, stateOfRung, tracksOf } from "./rungs.ts";
import { confidenceOfNines, formatNines, labelOfPoint, type SweepOnPage } from "./sweepOnPage.ts";
import { rungsQuery } from "./sweepQueries.ts";

const plot = { top: 12, bottom: 212, height: 256, left: 52, right: 12 } as const;
const maxColumnWidth = 220;
/** Narrower charts show only the counts of each rung. In pixels. */
const narrowColumn = 116;

export function SweepRungs({ sweep, selected }: { readonly sweep: SweepOnPage; readonly selected: number | null }) {
  const { rungs, earlyStopping } = sweep;
  const svg = useRef<SVGSVGElement>(null);
  const [frame, width] = useElementWidth<HTMLDivElement>(880);
  const labelOf = (index: number): string => {
    const point = sweep.results.points[index];
    return point === undefined ? String(index) : labelOfPoint(sweep, point);
  };
  const unit = earlyStopping.halving?.unit ?? "generations";
  const tools = useDataTools({
    name: `${sweep.key}-rungs`,
    columns: ["rung", unit, "rank", "point", ...sweep.axes.map(({ label }) => label), "runs", "nines", "continues"],
    rows: () =>
      rungs.flatMap(({ number, at, points }) =>
        points.map(({ point, rank, runs, nines, kept }) => [
          number,
          at,
          rank,
          point,
          ...((sweep.results.points[point]?.values ?? []) as readonly unknown[]).map((value) =>
            typeof value === "object" ? JSON.stringify(value) : (value as string | number),
          ),
          runs,
          nines ?? null,
          kept ? "yes" : "no",
        ]),
      ),
    query: rungsQuery(sweep.key),
    svg,
  });
  if (earlyStopping.halving == null || rungs.length === 0) return null;
  const tracks = tracksOf(rungs);
  const column = Math.min(maxColumnWidth, (width - plot.left - plot.right) / rungs.length);
  const x = (rung: number): number => plot.left + column * (rung + 0.5);
  const axis = ninesAxis(
    tracks.flatMap(({ marks }) => marks.map(({ nines }) => nines)),
    [plot.bottom, plot.top],
  );
  const right = plot.left + column * rungs.length;
  return (
    <ResultSection title="Rungs" tools={tools}>
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={plot.height}
          role="img"
          aria-label={`Successive halving in ${rungs.length} rungs: ${rungs
            .map((rung) => `${nameOfRung({ at: rung.at, unit })}, ${stateOfRung(rung, sweep.seeds.length)}`)
            .join("; ")}. The table has the numbers.`}
        >
          {axis.ticks.map((tick) => (
            <g key={tick}>
              <line x1={plot.left} x2={right} y1={axis.x(tick)} y2={axis.x(tick)} className={chartStyles.chartRule} />
              <text x={plot.left - 14} y={axis.x(tick) + 4} textAnchor="end">
                {nineTickLabel(tick)}
              </text>
            </g>
          ))}
          {axis.bands.map(({ from, to, color }) => (
            <rect
              key={from}
              x={plot.left - 8}
              y={axis.x(to)}
              width={5}
              height={Math.max(0, axis.x(from) - axis.x(to) + 0.5)}
              fill={color}
            />
          ))}
          {rungs.map((rung, i) => (
            <g key={rung.number}>
              <line x1={x(i)} x2={x(i)} y1={plot.top} y2={plot.bottom} className={chartStyles.chartFrame} />
              <text x={x(i)} y={plot.bottom + 18} textAnchor="middle" className={chartStyles.chartLabel}>
                {unit === "generations" ? `gen ${formatCount(rung.at)}` : formatCount(rung.at)}
              </text>
              <text x={x(i)} y={plot.bottom + 34} textAnchor="middle">
                {column < narrowColumn ? shortStateOfRung(rung, sweep.seeds.length) : stateOfRung(rung, sweep.seeds.length)}
              </text>
            </g>
          ))}
          {tracks.map((track) => (
            <Track
              key={track.point}
              track={track}
              label={labelOf(track.point)}
              x={x}
              y={axis.x}
              column={column}
              isLast={track.marks.at(-1)?.rung === rungs.length - 1}
              strong={selected === track.point}
            />
          ))}
        </svg>
      </div>
      <p className="t12 muted">
        {tracks.length === 0
          ? `Runs wait at a rung until all others of it are there. The best 1 of ${earlyStopping.halving.eta} points continues.`
          : `A line is a point, by the median over its seeds. Squares end there; the best 1 of ${earlyStopping.halving.eta} continues.`}
      </p>
    </ResultSection>
  );
}

interface TrackProps {
  readonly track: RungTrack;
  readonly label: string;
  readonly column: number;
  readonly isLast: boolean;
  readonly strong: boolean;
  x(rung: number): number;
  y(nines: number): number;
}

function Track({ track: { marks, isStopped }, label, x, y, column, isLast, strong }: TrackProps) {
  const last = marks.at(-1);
  if (last === undefined) return null;
  const path = marks.map(({ rung, nines }, i) => `${i === 0 ? "M" : "L"}${x(rung).toFixed(1)} ${y(nines).toFixed(1)}`).join("");
  const text = `${label}: ${marks.map(({ rung, nines, rank }) => `rung ${rung + 1}, rank ${rank}, ${formatNines(nines)} nines`).join("; ")}`;
  const reach = x(last.rung) + column * 0.42;
  return (
    <g className={strong ? styles.strong : isStopped ? styles.stopped : styles.kept}>
      <title>{text}</title>
      {/* A point that continues is drawn on towards the next rung, or the end. */}
      <path d={isStopped ? path : `${path}L${reach.toFixed(1)} ${y(last.nines).toFixed(1)}`} />
      {marks.map(({ rung, nines }) =>
        isStopped && rung === last.rung ? (
          <rect key={rung} x={x(rung) - 2.5} y={y(nines) - 2.5} width={5} height={5} />
        ) : (
          <circle key={rung} cx={x(rung)} cy={y(nines)} r={3.5} fill={rampColor(confidenceOfNines(nines))} />
        ),
      )}
      {!isStopped && isLast ? (
        <text x={reach} y={y(last.nines) - 6} textAnchor="end" className={styles.name}>
          {label.length > 18 ? `${label.slice(0, 17)}…` : label}
        </text>
      ) : null}
    </g>
  );
}
