/** A thread that runs operator forms on one tfjs backend, which is one a process or thread: forward, and backward from a given seed. */
import { parentPort, workerData } from "node:worker_threads";
import { Interpreter } from "@pareidolia/classifiers/engines/tfjs/interpreter";
import { loadBackend } from "@pareidolia/classifiers/engines/tfjs/loadBackend";
import type { TfjsBackend } from "@pareidolia/classifiers/engines/tfjs/tfjsThreadSetup";
import type { FormAnswer, FormQuestion } from "./formRunner.ts";

const { tf } = await loadBackend(workerData as TfjsBackend);

function answer({ graph, x, dims, seed }: FormQuestion): FormAnswer {
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
    const result = tf.tidy(() => {
      const pixels = tf.tensor(x, [...dims], "float32");
      const y = interpreter.score(pixels).logits;
      const { gradient, logits, probabilities } = interpreter.differentiate(pixels, "logits", tf.tensor(seed, y.shape, "float32"));
      tf.dispose([logits, probabilities]);
      return { y: Float32Array.from(y.dataSync()), shape: [...y.shape], gradient: Float32Array.from(gradient.dataSync()) };
    });
    interpreter.dispose();
    return { ...result, leftBehind: tf.memory().numTensors - before };
  } catch (error) {
    interpreter.dispose();
    throw error;
  }
}

parentPort?.on("message", (question: FormQuestion) => {
  try {
    parentPort?.postMessage(answer(question));
  } catch (error) {
    parentPort?.postMessage({ refused: error instanceof Error ? error.message : String(error) });
  }
});
