/** A thread that runs graphs on a tfjs backend, as a thread can have only one: forward, and backward from given output weights. */
import { parentPort, workerData } from "node:worker_threads";
import { Interpreter } from "@pareidolia/classifiers/engines/tfjs/interpreter";
import { loadBackend } from "@pareidolia/classifiers/engines/tfjs/loadBackend";
import type { TfjsBackend } from "@pareidolia/classifiers/engines/tfjs/tfjsThreadSetup";
import type { RunRequest, RunResult } from "./tfjsRunner.ts";

const { tf } = await loadBackend(workerData as TfjsBackend);

async function run({ graph, x, dims, seed }: RunRequest): Promise<RunResult> {
  const output = graph.outputs[0]?.name ?? "";
  const scores = ["probabilities", "logits"].map((name) => ({
    name,
    operator: "Identity",
    inputs: [output],
    outputs: [name],
    attributes: new Map(),
  }));
  const before = tf.memory().numTensors;
  const interpreter = new Interpreter(tf, { ...graph, nodes: [...graph.nodes, ...scores] });
  try {
    const [y, gradient] = tf.tidy(() => {
      const pixels = tf.tensor(x, [...dims], "float32");
      const scored = interpreter.score(pixels).logits;
      if (seed === null) return [scored, tf.tensor1d([])] as const;
      const differentiated = interpreter.differentiate(pixels, "logits", tf.tensor(seed, scored.shape, "float32"));
      tf.dispose([differentiated.logits, differentiated.probabilities]);
      return [scored, differentiated.gradient] as const;
    });
    const read = async (tensor: typeof y): Promise<Float32Array> => Float32Array.from(await tensor.data());
    const result = { y: await read(y), shape: [...y.shape], gradient: await read(gradient) };
    tf.dispose([y, gradient]);
    interpreter.dispose();
    return { ...result, leakedTensors: tf.memory().numTensors - before };
  } catch (error) {
    interpreter.dispose();
    throw error;
  }
}

parentPort?.on("message", (request: RunRequest) => {
  run(request).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => parentPort?.postMessage({ refused: error instanceof Error ? error.message : String(error) }),
  );
});
