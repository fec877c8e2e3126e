/**
 * A worker thread with onnxruntime sessions. onnxruntime-node computes on the calling thread, so worker threads keep inference off the
 * event loop; for small networks, several threads with one core each are faster than one session with several threads. Sessions for
 * gradients and sessions that use all cores are created on first use, since a search needs neither.
 */
import { parentPort, workerData } from "node:worker_threads";
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { type GradientGraphMessage, type ScoreMessage, serveThread } from "../threads/serveThread.ts";
import type { ThreadResults } from "../threads/threadMessages.ts";
import type { OnnxThreadSetup } from "./onnxThreadSetup.ts";

const setup = workerData as OnnxThreadSetup;
/** Model files by the output whose gradient they compute; "" for the file without a gradient. */
const files = new Map<string, Pick<GradientGraphMessage, "file" | "provider">>([["", setup]]);
const sessions = new Map<string, Promise<InferenceSession>>();

function sessionFor(of: string, together: boolean): Promise<InferenceSession> {
  const cores = together ? setup.cores : 1;
  const key = `${cores} ${of}`;
  let session = sessions.get(key);
  if (session === undefined) {
    const { file, provider } = files.get(of) ?? { ...setup, file: new Uint8Array() };
    session = InferenceSession.create(file, {
      executionProviders: [provider],
      intraOpNumThreads: cores,
      interOpNumThreads: 1,
      executionMode: "sequential",
      // Idle threads would otherwise spin for 30 ms after each piece and block their cores.
      extra: { session: { force_spinning_stop: "1" } },
    });
    sessions.set(key, session);
  }
  return session;
}

async function compute({ count, together, pixels, wanted }: ScoreMessage): Promise<ThreadResults> {
  const dims = wanted.kind === "gradient" ? setup.gradientDims : setup.scoredDims;
  const values = pixels.subarray(
    0,
    dims.reduce((product, size) => product * size, count),
  );
  const images = new Tensor("float32", values, [count, ...dims]);
  const copy = (tensor: Tensor | undefined): Float32Array => Float32Array.from((tensor?.data ?? []) as Float32Array);
  const shape = (tensor: Tensor | undefined): readonly number[] => [...(tensor?.dims ?? [])];
  if (wanted.kind === "gradient") {
    const weights = new Tensor("float32", wanted.weights, [count, setup.classes]);
    const session = await sessionFor(wanted.of, together);
    const results = await session.run({ pixels: images, weights });
    return {
      scoreDims: shape(results.probabilities),
      probabilities: copy(results.probabilities),
      logits: copy(results.logits),
      gradients: copy(results.gradient),
    };
  }
  const session = await sessionFor("", together);
  const results = await session.run({ pixels: images }, wanted.kind === "logits" ? ["probabilities", "logits"] : ["probabilities"]);
  return {
    scoreDims: shape(results.probabilities),
    probabilities: copy(results.probabilities),
    logits: wanted.kind === "logits" ? copy(results.logits) : null,
    gradients: null,
  };
}

await serveThread(parentPort, async () => {
  await sessionFor("", false);
  return {
    runtimeVersion: env.versions.node ?? env.versions.common,
    compute,
    addGradientGraph: (graph) => void files.set(graph.of, graph),
    async release() {
      for (const opened of await Promise.allSettled(sessions.values())) if (opened.status === "fulfilled") await opened.value.release();
    },
  };
});
