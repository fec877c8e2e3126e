/** What a kind of analysis is to the task that does it: from what was asked to a document, with progress on the way. */

import type { Framing } from "@pareidolia/core/preprocessing";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import type { AnalysisRecord } from "@pareidolia/persistence/queries/analysisQueries";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import type { ModelToOpen, OpenClassifier } from "../classifierShelf.ts";
import type { TaskLog } from "../taskLog.ts";

export interface AnalysisContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly openClassifier: OpenClassifier;
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  readonly log: TaskLog;
  report(progress: { readonly done: number; readonly total: number }): Promise<void>;
}

export interface AnalysisKind {
  readonly id: string;
  /** @throws AppError with a sentence for people when it cannot be done. */
  analyse(analysis: AnalysisRecord, context: AnalysisContext): Promise<Readonly<Record<string, unknown>>>;
}

export function toOpen(model: ModelRecord, framing: Framing): ModelToOpen {
  const { id, slug, sha256, origin, labels, preprocessing } = model;
  return { id, slug, sha256, origin, labels, preprocessing, framing };
}
