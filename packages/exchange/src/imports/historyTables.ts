/**
 * Tables of metric histories: a row for each step. Weights & Biases gives the history of a run with `_step` (`run.history()`), or a chart
 * as "Step" and a column for each run; MLflow gives a row for each value (`key`, `value`, `step`). The last value is the metric.
 */
import {
  type ForeignData,
  type ForeignRun,
  importLimits,
  type MetricHistory,
  noImages,
  quote,
  type Skipped,
  unreadable,
} from "./foreignData.ts";
import { type ForeignCell, type ForeignTable, isEmpty, numberOf, textOf } from "./foreignTable.ts";

type HistoryKind = "rows" | "steps" | "chart";

const runColumns = ["run_id", "run", "Run", "run_name", "Name", "name", "ID"];
const chartColumn = /^(.+) - (.+?)(__MIN|__MAX)?$/s;

/** Null for another table. */
export function findHistoryTable({ columns }: ForeignTable): HistoryKind | null {
  if (columns.has("key") && columns.has("value") && columns.has("step")) return "rows";
  if (columns.has("_step")) return "steps";
  const others = [...columns.keys()].filter((name) => name !== "Step");
  return columns.has("Step") && others.length > 0 && others.every((name) => chartColumn.test(name)) ? "chart" : null;
}

/** Values by step, by metric, by run. */
class Histories {
  readonly skipped: Skipped[] = [];
  readonly #runs = new Map<string, Map<string, Map<number, number>>>();

  add({ run, metric, step, value, row }: { run: string; metric: string; step: ForeignCell; value: ForeignCell; row: number }): void {
    if (isEmpty(value)) return;
    const [x, y] = [numberOf(step), numberOf(value)];
    if (x === null || y === null) {
      this.skipped.push({
        what: `${quote(metric)} of row ${row + 1}`,
        reason: `${quote(textOf(x === null ? step : value))} is not a number`,
      });
      return;
    }
    const metrics = this.#runs.get(run) ?? new Map<string, Map<number, number>>();
    this.#runs.set(run, metrics);
    if (this.#runs.size > importLimits.runs) throw unreadable(`it has more than ${importLimits.runs} runs`);
    const values = metrics.get(metric) ?? new Map<number, number>();
    metrics.set(metric, values);
    if (metrics.size > importLimits.histories)
      throw unreadable(`the run ${quote(run)} has more than ${importLimits.histories} metrics. Leave some of the columns out`);
    values.set(x, y);
  }

  /** @param onThinned called with the number of points of each history that is thinned. */
  runs(onThinned: () => void): ForeignRun[] {
    return [...this.#runs].map(([key, metrics]) => {
      const histories = [...metrics].map(([metric, values]) => {
        const points = [...values].sort(([one], [other]) => one - other);
        if (points.length > importLimits.historyPoints) onThinned();
        return { metric, points };
      });
      return {
        sourceKey: key.slice(0, 200),
        name: key.slice(0, 100),
        state: "SUCCEEDED",
        sourceState: "",
        parameters: {},
        metrics: Object.fromEntries(histories.map(({ metric, points }) => [metric, points.at(-1)?.[1] ?? 0])),
        tags: [],
        notes: "",
        startedAt: null,
        endedAt: null,
        curve: [],
        histories: histories.map(({ metric, points }) => thinned(metric, points)),
        imageCount: 0,
        images: noImages,
      };
    });
  }
}

/** Evenly chosen points, with the first and the last. */
function thinned(metric: string, points: readonly (readonly [number, number])[]): MetricHistory {
  const most = importLimits.historyPoints;
  const kept =
    points.length <= most
      ? points
      : Array.from({ length: most }, (_, at) => points[Math.round((at * (points.length - 1)) / (most - 1))] as (typeof points)[number]);
  return { metric, steps: kept.map(([step]) => step), values: kept.map(([, value]) => value) };
}

/** @param fileName names the run of a table without a column of runs. @throws AppError CORRUPT_DATA. */
export function readHistoryTable(table: ForeignTable, kind: HistoryKind, fileName: string): ForeignData {
  const histories = new Histories();
  const column = (name: string): readonly ForeignCell[] => table.columns.get(name) ?? [];
  const runColumn = runColumns.find((name) => table.columns.has(name));
  const own = fileName.replace(/(\.(zip|csv|parquet))+$/i, "");
  const runOf = (row: number): string => (runColumn === undefined ? own : textOf(column(runColumn)[row]).trim() || own);
  const names = [...table.columns.keys()];
  // W&B's own columns, such as _runtime and _timestamp.
  const metrics = names.filter((name) => name !== runColumn && name !== "Step" && !name.startsWith("_"));
  for (let row = 0; row < table.rows; row++) {
    if (kind === "rows") {
      const metric = textOf(column("key")[row]).slice(0, 200);
      histories.add({ run: runOf(row), metric, step: column("step")[row] ?? null, value: column("value")[row] ?? null, row });
      continue;
    }
    for (const name of metrics) {
      const [, run = "", metric = "", range] = (kind === "chart" ? chartColumn.exec(name) : null) ?? [];
      if (range !== undefined) continue;
      const step = column(kind === "chart" ? "Step" : "_step")[row] ?? null;
      const value = column(name)[row] ?? null;
      if (kind === "chart") histories.add({ run, metric, step, value, row });
      else if (numberOf(value) !== null) histories.add({ run: runOf(row), metric: name, step, value, row });
    }
  }
  let thinnedCount = 0;
  const runs = histories.runs(() => thinnedCount++);
  if (runs.length === 0) throw unreadable("the table has no values of metrics");
  const warnings =
    thinnedCount === 0
      ? []
      : [
          `${thinnedCount} curves have more than ${importLimits.historyPoints} points: evenly chosen ones are kept, with the first and the last.`,
        ];
  return {
    format: kind === "rows" ? "mlflow" : "wandb",
    runs,
    warnings,
    skipped: histories.skipped,
    unmapped: names.filter((name) => name.startsWith("_") && name !== "_step"),
  };
}
