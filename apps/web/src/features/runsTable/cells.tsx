/** Cells of the table: what a run or a group of runs has in each column. */
import { toNines } from "@pareidolia/core/nines";
import type { ReactNode } from "react";
import type { TableGroupFragment, TableRunFragment } from "../../graphql/generated/graphql.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import { OutcomeCount } from "../marks/Outcome.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { RunRecognition } from "../people/RunRecognition.tsx";
import { listImages } from "../run/listImages.ts";
import { IntervalPlot } from "./IntervalPlot.tsx";
import styles from "./RunsTable.module.css";
import type { TableColumn } from "./tableColumns.ts";

const none = <span className="muted">–</span>;
const figures = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4 });

function Tags({ names }: { readonly names: readonly string[] }) {
  return names.length === 0 ? (
    none
  ) : (
    <span className={styles.tags}>
      {names.map((name) => (
        <span key={name} className={styles.tag}>
          {name}
        </span>
      ))}
    </span>
  );
}

/** A stored value as its column shows it. */
/** A scalar, or a list of texts. */
type CellValue = string | number | boolean | null | undefined | readonly string[];

function Value({ value, column }: { readonly value: CellValue; readonly column: TableColumn }): ReactNode {
  const { field } = column;
  if (value === null || value === undefined || value === "") return none;
  if (typeof value === "object") return <Tags names={value} />;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (field?.type === "date")
    return (
      <span className="t12 muted">
        <RelativeTime time={String(value)} />
      </span>
    );
  if (typeof value !== "number") return field?.values.find((known) => known.value === value)?.description ?? String(value);
  if (field?.scale === "confidence") return <Confidence value={value} />;
  if (field?.scale === "seconds") return formatDuration(value);
  return <span className="n">{Number.isInteger(value) ? formatCount(value) : figures.format(value)}</span>;
}

function Reached(props: Parameters<typeof OutcomeCount>[0]) {
  return (
    <span className={styles.reached}>
      <OutcomeCount {...props} />
    </span>
  );
}

/** @param valueOf what the run has in a field. */
export function runCell(run: TableRunFragment, column: TableColumn, valueOf: (field: string) => unknown): ReactNode {
  const median = valueOf("median");
  switch (column.id) {
    case "state":
      return <StateGlyph state={run.state} />;
    case "images":
      return <ThumbnailStrip images={listImages(run)} most={6} />;
    case "nines":
      return typeof median === "number" ? <span className="n12">{toNines(median).toFixed(2)}</span> : none;
    case "interval":
      return typeof median === "number" ? (
        <IntervalPlot values={[toNines(median)]} mean={null} low={null} high={null} height={42} label={formatConfidence(median)} />
      ) : null;
    case "reached":
      return <Reached outcome={run.outcome} />;
    case "people":
      return <RunRecognition recognition={run.recognition ?? null} />;
    default:
      return <Value value={valueOf(column.id) as CellValue} column={column} />;
  }
}

function EndedRuns({ group }: { readonly group: TableGroupFragment }) {
  if (group.endedCount === group.runCount) return <span className="t12 muted">all ended</span>;
  return (
    <span className="t12 muted">
      <span className={`n12 ${styles.strong}`}>{group.endedCount}</span> <span className="n12">/ {group.runCount}</span> ended
    </span>
  );
}

/** A mean on the confidence scale, with its distance from 1. */
function MeanConfidence({ nines }: { readonly nines: number }) {
  const confidence = 1 - 10 ** -nines;
  return (
    <>
      <span className="n">{formatConfidence(confidence)}</span>
      <span className={`n11 muted ${styles.second}`}>{formatMiss(confidence)}</span>
    </>
  );
}

function Summary({ mean, deviation, digits }: { readonly mean: number; readonly deviation: number | null; readonly digits?: number }) {
  const format = (value: number) => (digits === undefined ? figures.format(value) : value.toFixed(digits));
  return (
    <>
      <span className="n">{format(mean)}</span>
      {deviation === null ? null : <span className={`n11 muted ${styles.second}`}>± {format(deviation)}</span>}
    </>
  );
}

export function groupCell(group: TableGroupFragment, column: TableColumn): ReactNode {
  const measure = group.measures.find(({ column: name }) => name === column.id);
  const median = group.measures.find(({ column: name }) => name === "median");
  const key = group.keys.find(({ column: name }) => name === column.id);
  switch (column.id) {
    case "state":
      return <EndedRuns group={group} />;
    case "images":
      return <ThumbnailStrip images={listImages(group.bestRun)} most={6} />;
    case "nines":
      return median?.mean == null ? none : <Summary mean={median.mean} deviation={median.deviation ?? null} digits={2} />;
    case "interval":
      return median?.mean == null ? null : (
        <IntervalPlot
          values={median.values}
          mean={median.mean}
          low={median.low ?? null}
          high={median.high ?? null}
          height={58}
          label={describeInterval(median)}
        />
      );
    case "reached":
      return group.outcomes.map((outcome) => (
        <div key={outcome.kind}>
          <Reached outcome={outcome} />
        </div>
      ));
    case "tag":
      return <Tags names={group.tags} />;
    case "updated":
      return (
        <span className="t12 muted">
          <RelativeTime time={group.updatedAt} />
        </span>
      );
    default:
      if (key !== undefined) return key.label;
      if (measure?.mean == null) return none;
      return measure.isInNines ? (
        <MeanConfidence nines={measure.mean} />
      ) : (
        <Summary mean={measure.mean} deviation={measure.deviation ?? null} />
      );
  }
}

type Measure = TableGroupFragment["measures"][number];

function describeInterval({ mean, low, high, count, intervalReason }: Measure): string {
  if (mean == null) return "no values";
  const ends = low == null || high == null ? null : `, 95% interval for other runs ${low.toFixed(2)} to ${high.toFixed(2)}`;
  const interval = ends ?? (intervalReason == null ? "" : `. ${intervalReason}`);
  return `mean ${mean.toFixed(2)} nines over ${count} ${count === 1 ? "run" : "runs"}${interval}`;
}
