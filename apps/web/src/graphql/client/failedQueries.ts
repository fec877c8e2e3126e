/**
 * The queries whose last request failed. urql drops the error when the cache returns data for the same query, possibly before the page has
 * shown the error or scheduled a retry.
 */
import type { OperationResult } from "urql";
import { clientState } from "./clientState.ts";

export interface FailedQueries {
  has(operationKey: number | undefined): boolean;
  /** Records whether a query's request failed. */
  note(result: Pick<OperationResult, "operation" | "error">): void;
  /** Calls the listener after each change; returns a function that removes it. */
  onChange(listener: () => void): () => void;
}

function createFailedQueries(): FailedQueries {
  const failed = new Set<number>();
  const listeners = new Set<() => void>();
  return {
    has: (operationKey) => operationKey !== undefined && failed.has(operationKey),
    note: ({ operation, error }) => {
      if (operation.kind !== "query" || failed.has(operation.key) === (error !== undefined)) return;
      if (error === undefined) failed.delete(operation.key);
      else failed.add(operation.key);
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const failedQueriesOf = clientState(createFailedQueries);
