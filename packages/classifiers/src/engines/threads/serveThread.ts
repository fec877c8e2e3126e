/**
 * The thread's end of what a classifier and its inference threads say to one another: it opens its engine, answers batch after batch in
 * the order in which they came, and closes. What an engine throws is told, and ends neither the thread nor the batches behind it.
 */
import type { MessagePort } from "node:worker_threads";
import type { FromThread, ThreadResults, ToThread } from "./threadMessages.ts";

export type ScoreMessage = Extract<ToThread, { kind: "score" }>;
export type GradientGraphMessage = Extract<ToThread, { kind: "gradientGraph" }>;

export interface ThreadEngine {
  readonly runtimeVersion: string;
  compute(message: ScoreMessage): Promise<ThreadResults>;
  takeGradientGraph?(message: GradientGraphMessage): void;
  release(): Promise<void> | void;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @param port of the thread; null where this is none. */
export async function serveThread(port: MessagePort | null, open: () => Promise<ThreadEngine>): Promise<void> {
  if (port === null) throw new Error("This file runs as a worker thread only.");
  const say = (message: FromThread, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);

  async function score(engine: ThreadEngine, message: ScoreMessage): Promise<void> {
    const { id, pixels } = message;
    try {
      const results = await engine.compute(message);
      const returned = [results.probabilities, results.logits, results.gradients].flatMap((values) => (values === null ? [] : [values]));
      say({ kind: "scored", id, results, pixels }, [...returned.map((values) => values.buffer as ArrayBuffer), pixels.buffer]);
    } catch (error) {
      say({ kind: "failed", id, message: reasonOf(error) });
    }
  }

  const opened = await open().catch((error: unknown) => {
    say({ kind: "refused", message: reasonOf(error) });
    port.close();
    return null;
  });
  if (opened === null) return;
  say({ kind: "ready", runtimeVersion: opened.runtimeVersion });
  let last = Promise.resolve();
  port.on("message", (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === "score") return score(opened, message);
      if (message.kind === "gradientGraph") return opened.takeGradientGraph?.(message);
      await opened.release();
      port.close();
    });
  });
}
