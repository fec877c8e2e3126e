/** What a kind of analysis is to the task that does it: from what was asked to a document, with progress on the way. */
import type { AnalysisKindId } from "@pareidolia/core/analysisKind";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import type { AnalysisRecord } from "@pareidolia/persistence/queries/analysisQueries";
import type { OpenClassifier } from "../classifierShelf.ts";
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
  readonly id: AnalysisKindId;
  /** @throws AppError with a sentence for people when it cannot be done. */
  analyse(analysis: AnalysisRecord, context: AnalysisContext): Promise<Readonly<Record<string, unknown>>>;
}
