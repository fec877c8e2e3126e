/** Hands results over from the callbacks of a socket to the loop of a caller, in their order. */
import type { OperationResult } from "../http/readResult.ts";

export interface ResultQueue {
  push(result: OperationResult): void;
  /** No result follows: the subscription is complete, or it failed. */
  end(error?: Error): void;
  read(): AsyncGenerator<OperationResult, void, void>;
}

export function createResultQueue(): ResultQueue {
  const waiting: OperationResult[] = [];
  let ending: { readonly error: Error | undefined } | null = null;
  let wake: () => void = () => undefined;
  return {
    push(result) {
      waiting.push(result);
      wake();
    },
    end(error) {
      ending ??= { error };
      wake();
    },
    async *read() {
      for (;;) {
        const result = waiting.shift();
        if (result !== undefined) yield result;
        else if (ending !== null) {
          if (ending.error !== undefined) throw ending.error;
          return;
        } else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}
