/**
 * Runs an inference thread: opens its engine, computes pieces in the order received, and closes on request. An error of the engine is
 * returned as the result of its piece; the thread continues with the next.
 */
import type { MessagePort } from "node:worker_threads";
import type { FromThread, ThreadResults, ToThread } from "./threadMessages.ts";

export type ScoreMessage = Extract<ToThread, { kind: "score" }>;
export type GradientGraphMessage = Extract<ToThread, { kind: "gradientGraph" }>;

export interface ThreadEngine {
  readonly runtimeVersion: string;
  compute(message: ScoreMessage): Promise<ThreadResults>;
  addGradientGraph?(message: GradientGraphMessage): void;
  release(): Promise<void> | void;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @param port to the classifier; null outside a worker thread. */
export async function serveThread(port: MessagePort | null, open: () => Promise<ThreadEngine>): Promise<void> {
  if (port === null) throw new Error("This file runs only as a worker thread.");
  const send = (message: FromThread, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);

  async function score(engine: ThreadEngine, message: ScoreMessage): Promise<void> {
    const { id, pixels } = message;
    try {
      const results = await engine.compute(message);
      const returned = [results.probabilities, results.logits, results.gradients].flatMap((values) => (values === null ? [] : [values]));
      send({ kind: "scored", id, results, pixels }, [...returned.map((values) => values.buffer as ArrayBuffer), pixels.buffer]);
    } catch (error) {
      send({ kind: "failed", id, message: reasonOf(error) });
    }
  }

  const opened = await open().catch((error: unknown) => {
    send({ kind: "refused", message: reasonOf(error) });
    port.close();
    return null;
  });
  if (opened === null) return;
  send({ kind: "ready", runtimeVersion: opened.runtimeVersion });
  let last = Promise.resolve();
  port.on("message", (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === "score") return score(opened, message);
      if (message.kind === "gradientGraph") return opened.addGradientGraph?.(message);
      await opened.release();
      port.close();
    });
  });
}
