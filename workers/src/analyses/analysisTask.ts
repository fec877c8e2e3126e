/** Computes one kind of analysis: takes a question, reports progress and returns a result. */
import type { AnalysisContract, AnyAnalysisContract } from "@pareidolia/core/analysisContract";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import type { OpenClassifier } from "../classifierShelf.ts";
import type { TaskLog } from "../taskLog.ts";

export interface AnalysisContext {
  /** The rows that the analysis may read. */
  readonly scope: Scope;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly openClassifier: OpenClassifier;
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  readonly log: TaskLog;
  report(progress: { readonly done: number; readonly total: number }): Promise<void>;
}

export interface AnalysisTask {
  readonly contract: AnyAnalysisContract;
  /**
   * `question` is the stored document.
   * @throws AppError with a message for the user if the analysis fails; CORRUPT_DATA if the document is not a question of this kind.
   */
  analyse(question: unknown, context: AnalysisContext): Promise<object>;
}

export function analysisTask<Question extends object, Result extends object>(
  contract: AnalysisContract<string, Question, Result>,
  analyse: (question: Question, context: AnalysisContext) => Promise<Result>,
): AnalysisTask {
  return { contract, analyse: async (question, context) => analyse(contract.readQuestion(question), context) };
}
