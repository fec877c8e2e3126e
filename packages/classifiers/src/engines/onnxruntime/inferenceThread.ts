/**
 * A worker thread with one onnxruntime session on one core. onnxruntime-node computes on the thread that calls it, so this is
 * what keeps inference off the event loop; several such threads beat one session with several threads on small networks.
 * It imports nothing of this repository at run time, so it loads alike from sources and from compiled files.
 */
import { parentPort, workerData } from "node:worker_threads";
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import type { FromThread, ThreadSetup, ToThread } from "./threadMessages.ts";

const port = parentPort;
if (port === null) throw new Error("This file runs as a worker thread only.");
const setup = workerData as ThreadSetup;
const say = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function open(): Promise<InferenceSession | null> {
  try {
    const session = await InferenceSession.create(setup.file, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" });
    say({ kind: "ready", runtimeVersion: env.versions.node ?? env.versions.common });
    return session;
  } catch (error) {
    say({ kind: "refused", message: reasonOf(error) });
    port?.close();
    return null;
  }
}

async function score(session: InferenceSession, message: Extract<ToThread, { kind: "score" }>): Promise<void> {
  const { id, count, pixels } = message;
  try {
    const values = pixels.subarray(
      0,
      setup.inputDims.reduce((product, size) => product * size, count),
    );
    const results = await session.run({ [setup.inputName]: new Tensor("float32", values, [count, ...setup.inputDims]) });
    const probabilities = Float32Array.from(results[setup.outputName]?.data as Float32Array);
    say({ kind: "scored", id, probabilities, pixels }, [probabilities.buffer, pixels.buffer]);
  } catch (error) {
    say({ kind: "failed", id, message: reasonOf(error) });
  }
}

const session = await open();
if (session !== null) {
  let last = Promise.resolve();
  port.on("message", (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === "score") return score(session, message);
      await session.release();
      port.close();
    });
  });
}
