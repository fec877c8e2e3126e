/** Rows of imports, as a worker leaves them. */
import type { ImportPreview } from "@pareidolia/exchange/imports/importPreview";
import type { ImportReport } from "@pareidolia/exchange/imports/importReport";

const origin = { subject: "run", workspace: "Lab", key: "RUN-1", experiments: ["First"], experimentCount: 1 } as const;

const previewOf = (networkBytes: number): ImportPreview => ({
  format: "wandb",
  runCount: 1,
  imageCount: 1,
  runs: [
    {
      key: "a",
      name: "first",
      state: "finished",
      parameters: { lr: 1 },
      metrics: { accuracy: 1 },
      tags: ["x"],
      imageCount: 1,
      hasCurve: true,
    },
  ],
  columns: [{ column: "accuracy", role: "metric", name: "accuracy", first: ["1"] }],
  warnings: ["A warning."],
  skipped: [{ what: "row 2", reason: "it occurs twice" }],
  skippedCount: 1,
  unmapped: ["User"],
  unmappedCount: 1,
  experimentName: "Runs",
  origin: { ...origin, networkBytes },
});

const report: ImportReport = {
  runCount: 1,
  imageCount: 1,
  createdExperimentIds: [],
  warnings: ["A warning."],
  skipped: [{ what: "row 2", reason: "it occurs twice" }],
  skippedCount: 1,
};

interface Wanted {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly state: "READY" | "SUCCEEDED";
  /** Of the files of networks in the export. Default: 0. */
  readonly networkBytes?: number;
}

export function importRow({ state, networkBytes = 0, ...row }: Wanted) {
  const file = { fileName: "runs.csv", sha256: "ab".repeat(32), byteLength: 10 };
  const ended = state === "SUCCEEDED" ? { report: { ...report }, endedAt: new Date() } : {};
  const thumbnails = [{ label: "zero", url: "data:image/png;base64," }];
  return { ...row, ...file, state, thumbnails, preview: JSON.parse(JSON.stringify(previewOf(networkBytes))) as object, ...ended };
}
