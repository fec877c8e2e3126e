/**
 * A worker thread that computes with tfjs, which works on the thread that calls it. It answers the same messages as onnxruntime's,
 * and after each batch counts its tensors: one too many is an error, not a slow leak.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { FromThread, ThreadResults, ToThread } from "../threads/threadMessages.ts";
import { Interpreter } from "./interpreter.ts";
import { type LoadedBackend, loadBackend } from "./loadBackend.ts";
import type { TfjsThreadSetup } from "./tfjsThreadSetup.ts";

type ScoreMessage = Extract<ToThread, { kind: "score" }>;

const port = parentPort;
if (port === null) throw new Error("This file runs as a worker thread only.");
const setup = workerData as TfjsThreadSetup;
const say = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function open(): Promise<{ backend: LoadedBackend; interpreter: Interpreter } | null> {
  try {
    const backend = await loadBackend(setup.backend);
    const interpreter = new Interpreter(backend.tf, setup.graph);
    say({ kind: "ready", runtimeVersion: backend.description });
    return { backend, interpreter };
  } catch (error) {
    say({ kind: "refused", message: reasonOf(error) });
    port?.close();
    return null;
  }
}

const opened = await open();

async function compute({ count, pixels, wanted }: ScoreMessage): Promise<ThreadResults> {
  if (opened === null) throw new Error("No engine is open.");
  const { tf } = opened.backend;
  const { interpreter } = opened;
  const values = pixels.subarray(
    0,
    setup.inputDims.reduce((product, size) => product * size, count),
  );
  const before = tf.memory().numTensors - interpreter.heldTensors;
  const made = tf.tidy(() => {
    const images = tf.tensor(values, [count, ...setup.inputDims] as number[], "float32");
    if (wanted.kind !== "gradient") {
      const { probabilities, logits } = interpreter.score(images);
      return [probabilities, logits];
    }
    const weights = tf.tensor(wanted.weights, [count, setup.classes], "float32");
    const { probabilities, logits, gradient } = interpreter.differentiate(images, wanted.of, weights);
    return [probabilities, logits, gradient];
  });
  const read = async (tensor: Tensor | undefined): Promise<Float32Array> => Float32Array.from((await tensor?.data()) ?? []);
  const [probabilities, logits, gradient] = made;
  const results = {
    scoreDims: [...(probabilities?.shape ?? [])],
    probabilities: await read(probabilities),
    logits: wanted.kind === "probabilities" ? null : await read(logits),
    gradients: gradient === undefined ? null : await read(gradient),
  };
  tf.dispose(made);
  const extra = tf.memory().numTensors - interpreter.heldTensors - before;
  if (extra !== 0) throw new Error(`${extra} tensors were left behind`);
  return results;
}

async function score(message: ScoreMessage): Promise<void> {
  const { id, pixels } = message;
  try {
    const results = await compute(message);
    const returned = [results.probabilities, results.logits, results.gradients].flatMap((values) => (values === null ? [] : [values]));
    say({ kind: "scored", id, results, pixels }, [...returned.map((values) => values.buffer as ArrayBuffer), pixels.buffer]);
  } catch (error) {
    say({ kind: "failed", id, message: reasonOf(error) });
  }
}

if (opened !== null) {
  let last = Promise.resolve();
  port.on("message", (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === "score") return score(message);
      if (message.kind !== "close") return;
      opened.interpreter.dispose();
      port.close();
    });
  });
}
