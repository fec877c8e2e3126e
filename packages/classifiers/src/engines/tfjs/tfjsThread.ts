/**
 * A worker thread that computes with tfjs, which blocks the calling thread. It counts tensors after each batch, so that a leak fails
 * at once.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type ScoreMessage, serveThread } from "../threads/serveThread.ts";
import type { ThreadResults } from "../threads/threadMessages.ts";
import { Interpreter } from "./interpreter.ts";
import { loadBackend } from "./loadBackend.ts";
import type { TensorFlow } from "./tensorFlow.ts";
import type { TfjsThreadSetup } from "./tfjsThreadSetup.ts";

const setup = workerData as TfjsThreadSetup;

await serveThread(parentPort, async () => {
  const backend = await loadBackend(setup.backend);
  const interpreter = new Interpreter(backend.tf, setup.graph);
  return {
    runtimeVersion: backend.description,
    compute: (message) => compute(backend.tf, interpreter, message),
    release: () => interpreter.dispose(),
  };
});

async function compute(tf: TensorFlow, interpreter: Interpreter, { count, pixels, wanted }: ScoreMessage): Promise<ThreadResults> {
  const values = pixels.subarray(
    0,
    setup.inputDims.reduce((product, size) => product * size, count),
  );
  const before = tf.memory().numTensors - interpreter.heldTensors;
  const outputs = tf.tidy(() => {
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
  const [probabilities, logits, gradient] = outputs;
  const results = {
    scoreDims: [...(probabilities?.shape ?? [])],
    probabilities: await read(probabilities),
    logits: wanted.kind === "probabilities" ? null : await read(logits),
    gradients: gradient === undefined ? null : await read(gradient),
  };
  tf.dispose(outputs);
  const extra = tf.memory().numTensors - interpreter.heldTensors - before;
  if (extra !== 0) throw new Error(`${extra} tensors were not disposed`);
  return results;
}
