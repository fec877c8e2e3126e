/**
 * A worker thread that computes with tfjs, which works on the thread that calls it. It answers the same messages as onnxruntime's,
 * and after each batch counts its tensors: one too many is an error, not a slow leak.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { FromThread, ThreadResults, ToThread } from "../onnxruntime/threadMessages.ts";
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
  const made: Tensor[] = [];
  const take = async (tensor: Tensor): Promise<Float32Array> => {
    made.push(tensor);
    return Float32Array.from(await tensor.data());
  };
  const [channels = 1, height = 1, width = 1] = setup.inputDims;
  const images = tf.tensor4d(values, [count, channels, height, width], "float32");
  made.push(images);
  try {
    if (wanted.kind === "gradient") {
      const weights = tf.tensor(wanted.weights, [count, setup.classes], "float32");
      made.push(weights);
      const results = interpreter.differentiate(images, wanted.of, weights);
      made.push(results.gradient, results.logits, results.probabilities);
      return {
        gradients: await take(results.gradient),
        logits: await take(results.logits),
        probabilities: await take(results.probabilities),
      };
    }
    const results = interpreter.score(images);
    made.push(results.logits, results.probabilities);
    return {
      gradients: null,
      logits: wanted.kind === "logits" ? await take(results.logits) : null,
      probabilities: await take(results.probabilities),
    };
  } finally {
    for (const tensor of made) tensor.dispose();
    const extra = tf.memory().numTensors - interpreter.heldTensors;
    if (extra !== 0) throw new Error(`${extra} tensors were left behind`);
  }
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
