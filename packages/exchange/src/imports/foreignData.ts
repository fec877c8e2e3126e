/** What an import finds in a file of another program: runs with parameters and figures, and perhaps their images. */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { RunState } from "@pareidolia/core/runState";
import type { MappedColumn } from "./columnRoles.ts";

export const foreignFormats = ["pareidolia", "sferes", "numpy", "pyribs", "wandb", "mlflow"] as const;
export type ForeignFormat = (typeof foreignFormats)[number];

/** Statistics over the archive after one generation, as the source wrote them. */
export interface CurvePoint {
  readonly generation: number;
  readonly median: number;
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Values of a metric at steps, in the order of the steps. */
export interface MetricHistory {
  readonly metric: string;
  readonly steps: readonly number[];
  /** At each step. */
  readonly values: readonly number[];
}

export interface ForeignImage {
  readonly image: ByteImage;
  /** Index of the class that the source gives; null without one. */
  readonly niche: number | null;
  /** Name of the class, if the source gives one. */
  readonly label: string | null;
  /** The source's fitness or confidence. Not measured here. */
  readonly claimed: number | null;
  readonly generation: number | null;
  /** IDs of the individual and its parent in the source. */
  readonly sourceId: string | null;
  readonly sourceParentId: string | null;
}

export type EndedState = Extract<RunState, "SUCCEEDED" | "FAILED" | "CANCELLED">;

export interface ForeignRun {
  /** The run's ID or folder in the source; unique in the file. */
  readonly sourceKey: string;
  /** At most 100 characters. */
  readonly name: string;
  readonly state: EndedState;
  /** The state in the source's words; empty without one. */
  readonly sourceState: string;
  readonly parameters: Parameters;
  /** Finite numbers. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly curve: readonly CurvePoint[];
  /** Absent without any. */
  readonly histories?: readonly MetricHistory[];
  readonly imageCount: number;
  /** The images one by one, `imageCount` of them unless some are damaged: `skip` is then called with the reason. */
  images(skip: (what: string, reason: string) => void): AsyncIterable<ForeignImage>;
}

export interface Skipped {
  readonly what: string;
  readonly reason: string;
}

export interface ForeignData {
  readonly format: ForeignFormat;
  readonly runs: readonly ForeignRun[];
  readonly warnings: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Columns or files that are not imported. */
  readonly unmapped: readonly string[];
  /** Of a table of runs. */
  readonly columns?: readonly MappedColumn[];
}

export const importLimits = {
  /** Bytes of an uploaded file of another program. */
  fileBytes: 256 * 2 ** 20,
  /** Files and unpacked bytes of a ZIP archive. */
  files: 100_000,
  unpackedBytes: 2 ** 30,
  runs: 2_000,
  /** Over all runs. */
  images: 20_000,
  /** Pixels along one side. */
  imageSide: 1_024,
  rows: 200_000,
  columns: 5_000,
  tableBytes: 256 * 2 ** 20,
  /** Characters. */
  cell: 32_768,
  parameters: 500,
  metrics: 500,
  curve: 20_000,
  /** Metrics of a run that have a history. */
  histories: 50,
  /** Points of a history that are kept. */
  historyPoints: 2_000,
  /** Warnings, and rows or files that are skipped, in a report. */
  notices: 1_000,
} as const;

export function noImages(): AsyncIterable<ForeignImage> {
  return {
    async *[Symbol.asyncIterator]() {
      // A table has no images.
    },
  };
}

/** @param what completes "This file cannot be imported: ..." */
export function unreadable(what: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", `This file cannot be imported: ${what}.`, { cause });
}

/** Text of the file for messages: control characters escaped, at most 80 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
