/**
 * What a saved comparison keeps of its runs as they were: settings, curves, figures, tests, and the images with their hashes. It never
 * changes, whatever its runs do later.
 */
import { boolean, integer, list, nullable, number, oneOf, optional, record, type Shape, type ShapeValue, text } from "./documentShape.ts";

const value: Shape<string | number | boolean | null> = (given, path) => {
  if (given === null) return null;
  if (typeof given === "number") return number(given, path);
  return typeof given === "boolean" ? boolean(given, path) : text(given, path);
};

const mean = record({
  runCount: integer,
  mean: number,
  low: nullable(number),
  high: nullable(number),
  /** Missing in comparisons that were saved before reasons were. */
  intervalReason: optional(text),
});

const outcome = record({
  kind: text,
  kindLabel: text,
  unit: text,
  reachedMeans: text,
  isMeasured: boolean,
  runCount: integer,
  reached: integer,
  total: integer,
  median: nullable(mean),
});

const tests = record({
  pairs: list(
    record({
      first: integer,
      second: integer,
      p: number,
      adjustedP: number,
      method: text,
      delta: number,
      deltaLow: number,
      deltaHigh: number,
    }),
  ),
  leftOut: list(integer),
});

/** The types of results that have an image. */
export const resultTypes = ["Elite", "Trajectory", "Perturbation"] as const;

const image = record({
  sha256: text,
  /** Of the stored image in the row's class. */
  confidence: number,
  /** The label; for an attack also the label of its source. */
  label: text,
  runKey: text,
  resultType: oneOf(resultTypes),
  resultId: text,
});

const entriesShape = list(record({ name: text, runs: list(record({ key: text, name: text })) }));

const snapshotShape = record({
  lastGeneration: integer,
  parameters: list(record({ name: text, label: text, differs: boolean, values: list(record({ values: list(value), count: integer })) })),
  claims: list(record({ name: text, values: list(record({ values: list(value), count: integer })) })),
  /** What each entry's runs had reached; null in comparisons that were saved before it was kept. */
  outcomes: optional(list(record({ kinds: list(outcome) }))),
  curves: list(record({ points: list(record({ generation: integer, median: mean })) })),
  figures: list(
    record({
      median: nullable(mean),
      lowerQuartile: nullable(number),
      upperQuartile: nullable(number),
      fooling: nullable(mean),
      nicheCount: integer,
      earlier: integer,
    }),
  ),
  reach: list(record({ generations: list(nullable(integer)), median: nullable(number) })),
  tests: record({ median: tests, fooling: tests, firstReached: tests }),
  rows: list(record({ class: integer, label: text, images: list(nullable(image)) })),
});

/** The runs and groups by name and key. Lists of saved comparisons have them, too. */
export type ComparisonEntries = ShapeValue<typeof entriesShape>;
export type ComparisonSnapshot = ShapeValue<typeof snapshotShape>;
export type SnapshotOutcome = ShapeValue<typeof outcome>;
export type SnapshotImage = ShapeValue<typeof image>;

/** @throws AppError CORRUPT_DATA. */
export function parseComparisonEntries(document: unknown): ComparisonEntries {
  return entriesShape(document, "entries");
}

/** @throws AppError CORRUPT_DATA. */
export function parseComparisonSnapshot(document: unknown): ComparisonSnapshot {
  return snapshotShape(document, "snapshot");
}
