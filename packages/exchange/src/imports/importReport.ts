/** What an import has written and what it has left out, as a document. */
import { integer, list, record, type ShapeValue, text } from "@pareidolia/core/documentShape";

export const importReportShape = record({
  runCount: integer,
  imageCount: integer,
  /** IDs of the experiments that it made; empty if its runs went to an existing one. */
  createdExperimentIds: list(text),
  warnings: list(text),
  /** The first, and the number of all. */
  skipped: list(record({ what: text, reason: text })),
  skippedCount: integer,
});
export type ImportReport = ShapeValue<typeof importReportShape>;
