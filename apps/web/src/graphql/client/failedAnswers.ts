/**
 * The questions whose last answer from the API failed. Kept beside urql's own state, where what the cache tells in the same moment takes
 * an error's place before anybody has seen it.
 */
import { useSyncExternalStore } from "react";
import type { OperationResult } from "urql";

const failed = new Set<number>();
const listeners = new Set<() => void>();

export function noteAnswer({ operation, error }: Pick<OperationResult, "operation" | "error">): void {
  if (operation.kind !== "query" || failed.has(operation.key) === (error !== undefined)) return;
  if (error === undefined) failed.delete(operation.key);
  else failed.add(operation.key);
  for (const listener of listeners) listener();
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAnswerFailed(key: number | undefined): boolean {
  return useSyncExternalStore(
    onChange,
    () => key !== undefined && failed.has(key),
    () => false,
  );
}
