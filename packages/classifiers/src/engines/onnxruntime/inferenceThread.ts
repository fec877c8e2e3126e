/**
 * A worker thread with onnxruntime sessions on one core. onnxruntime-node computes on the thread that calls it, so this is what
 * keeps inference off the event loop; several such threads beat one session with several threads on small networks.
 * Sessions with a gradient in their graph, and those that use all cores together, are made when they are first wanted: a search
 * never pays for them.
 */
import { parentPort, workerData } from "node:worker_threads";
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { type GradientGraphMessage, type ScoreMessage, serveThread } from "../threads/serveThread.ts";
import type { ThreadResults } from "../threads/threadMessages.ts";
import type { OnnxThreadSetup } from "./onnxThreadSetup.ts";

const setup = workerData as OnnxThreadSetup;
/** Model files by the output whose gradient they compute; "" for the one that only scores. */
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
      // Its other threads would go on spinning for 30 ms after each piece, and take their cores from whoever has work.
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
    takeGradientGraph: (graph) => void files.set(graph.of, graph),
    async release() {
      for (const opened of await Promise.allSettled(sessions.values())) if (opened.status === "fulfilled") await opened.value.release();
    },
  };
});
