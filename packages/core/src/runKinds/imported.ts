/**
 * Imported: a run of another program, with the parameters, figures and perhaps images that its files give. Nothing in it was measured here,
 * and no worker computes it.
 */
import { dictionary, integer, list, number, optional, record, type ShapeValue, text } from "../documentShape.ts";
import type { RunKindDefinition, StoredPlan } from "./runKind.ts";

/** The programs whose results can be imported. */
export const importSources = [
  {
    id: "pareidolia",
    label: "Pareidolia",
    description: "An export of a run, an experiment or a workspace with JSON lines: everything in it returns, as runs that can be forked.",
  },
  {
    id: "sferes",
    label: "Sferes",
    description:
      "Result folders of the released code of Nguyen et al. (2015), with map_gen_ folders: a run for each, with its images and curve.",
  },
  {
    id: "numpy",
    label: "NumPy",
    description: "Images in a .npy or .npz file, with arrays of labels and confidences beside them: one run.",
  },
  {
    id: "pyribs",
    label: "pyribs",
    description: "An archive of pyribs as CSV or Parquet: one run, with images if its solutions are images.",
  },
  {
    id: "wandb",
    label: "Weights & Biases",
    description:
      "A table of runs of Weights & Biases as CSV or Parquet: a run for each row, with parameters and metrics. Or the history of a run, or the data of a chart: curves of metrics.",
  },
  {
    id: "mlflow",
    label: "MLflow",
    description:
      "A table of runs of MLflow as CSV or Parquet: a run for each row, with parameters and metrics. Or its metric histories: curves of metrics.",
  },
] as const;

const sourceShape = record({
  /** ID of the import. */
  importId: text,
  /** Name and SHA-256 of the file. */
  fileName: text,
  sha256: text,
  /** The run's ID or folder there. */
  key: text,
  /** Its state in the source's words; empty without one. */
  state: text,
});
const pointShape = record({ generation: integer, median: number, mean: number, minimum: number, maximum: number });
const outlineShape = record({ method: text, source: sourceShape, metrics: dictionary(number), imageCount: integer });
/** Statistics over the archive after each generation, as the source states them; lists of runs leave them out. */
const curveShape = record({ curve: optional(list(pointShape)) });

const historyShape = record({ metric: text, steps: list(number), values: list(number) });
/** Values of metrics at steps, as the source states them; lists of runs leave them out. */
const historiesShape = record({ histories: optional(list(historyShape)) });

export type ImportedOutline = ShapeValue<typeof outlineShape>;
export type ImportedCurvePoint = ShapeValue<typeof pointShape>;
export type ImportedHistory = ShapeValue<typeof historyShape>;

export interface ImportedPlan extends ImportedOutline {
  readonly curve: readonly ImportedCurvePoint[];
  readonly histories: readonly ImportedHistory[];
}

export interface PlannedImported {
  readonly kind: "imported";
  readonly plan: ImportedPlan;
}

export interface OutlinedImported {
  readonly kind: "imported";
  readonly plan: ImportedOutline;
}

/** @throws AppError CORRUPT_DATA. */
export function readImportedCurve(document: unknown): readonly ImportedCurvePoint[] {
  return curveShape(document, "plan").curve ?? [];
}

/** @throws AppError CORRUPT_DATA. */
export function readImportedHistories(document: unknown): readonly ImportedHistory[] {
  return historiesShape(document, "plan").histories ?? [];
}

function parseOutline({ document }: StoredPlan): OutlinedImported {
  return { kind: "imported", plan: outlineShape(document, "plan") };
}

export const imported: RunKindDefinition<PlannedImported, OutlinedImported> = {
  id: "imported",
  label: "Imported",
  description: "A run of another program. Its figures are the source's and were not measured here.",
  outcome: { unit: "images", reachedMeans: "not measured here", isMeasured: false },
  planFields: {
    method: [{ listedAs: "method" }],
    source: [
      { name: "importId", type: "text", label: "Import", description: "ID of its import.", place: ["source", "importId"] },
      { name: "importFile", type: "text", label: "Imported file", description: "Name of its file.", place: ["source", "fileName"] },
      { name: "importHash", type: "text", label: "Hash of its file", description: "SHA-256 of its file.", place: ["source", "sha256"] },
      { name: "importKey", type: "text", label: "Imported as", description: "Its ID or folder at the source.", place: ["source", "key"] },
      { name: "importState", type: "text", label: "Imported state", description: "Its state at the source.", place: ["source", "state"] },
    ],
    // Each is a field, too: `metric.NAME`.
    metrics: [{ name: "metrics", type: "count", label: "Metrics", description: "Number of its metrics.", place: ["metrics"] }],
    imageCount: [{ name: "imageCount", type: "number", label: "Images", description: "Number of its images.", place: ["imageCount"] }],
    curve: [{ name: "curvePoints", type: "count", label: "Curve points", description: "Generations of its curve.", place: ["curve"] }],
    histories: [
      { name: "histories", type: "count", label: "Histories", description: "Number of its metrics with a history.", place: ["histories"] },
    ],
  },
  resource: null,
  notComputed: "it was imported, and another program computed it",
  restoredAs: "CANCELLED",
  parse: (stored) => ({
    kind: "imported",
    plan: {
      ...parseOutline(stored).plan,
      curve: readImportedCurve(stored.document),
      histories: readImportedHistories(stored.document),
    },
  }),
  parseOutline,
  serialise: ({ plan: { method, source, metrics, imageCount, curve, histories } }) => ({
    document: {
      method,
      source: { ...source },
      metrics: { ...metrics },
      imageCount,
      curve: curve.map((point) => ({ ...point })),
      ...(histories.length === 0
        ? {}
        : { histories: histories.map(({ metric, steps, values }) => ({ metric, steps: [...steps], values: [...values] })) }),
    },
    sourceSha256: null,
  }),
  methodOf: ({ plan }) => plan.method,
  countEvaluations: () => 0,
  countNiches: ({ plan }) => plan.imageCount,
};
