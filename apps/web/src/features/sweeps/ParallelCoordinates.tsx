"use client";
/** The completed runs of a sweep as lines across its axes, the median last. */
import { ParallelChart } from "../charts/ParallelChart.tsx";
import { parallelAxes } from "./parallelAxes.ts";
import styles from "./Sweeps.module.css";
import type { SweepOnPage } from "./sweepOnPage.ts";
import { resultsQuery } from "./sweepQueries.ts";

export function ParallelCoordinates({ sweep }: { readonly sweep: SweepOnPage }) {
  const { axes, lines, range } = parallelAxes(sweep);
  return (
    <ParallelChart
      axes={axes}
      lines={lines}
      range={range}
      unit="runs"
      empty="No run has ended yet."
      name={`${sweep.key}-runs`}
      query={resultsQuery(sweep.key)}
      className={styles.parallel}
      columns={["run", "seed", ...axes.map(({ label }) => label), "median confidence", "nines"]}
      rowOf={({ key, seed, point, median, nines }) => [
        key,
        seed,
        ...((sweep.results.points[point]?.values ?? []) as readonly unknown[]).map((value) =>
          typeof value === "object" ? JSON.stringify(value) : (value as string | number),
        ),
        median,
        nines,
      ]}
    />
  );
}
