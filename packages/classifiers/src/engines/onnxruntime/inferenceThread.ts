/**
 * A worker thread with onnxruntime sessions on one core. onnxruntime-node computes on the thread that calls it, so this is what
 * keeps inference off the event loop; several such threads beat one session with several threads on small networks.
 * Sessions with a gradient in their graph, and those that use all cores together, are made when they are first wanted: a search
 * never pays for them.
 * It imports nothing of this repository at run time, so it loads alike from sources and from compiled files.
 */
import { parentPort, workerData } from "node:worker_threads";
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import type { FromThread, ThreadResults, ToThread } from "../threads/threadMessages.ts";
import type { OnnxThreadSetup } from "./onnxThreadSetup.ts";

type ScoreMessage = Extract<ToThread, { kind: "score" }>;

const port = parentPort;
if (port === null) throw new Error("This file runs as a worker thread only.");
const setup = workerData as OnnxThreadSetup;
const say = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** Model files by the output whose gradient they compute; "" for the one that only scores. */
const files = new Map<string, Pick<Extract<ToThread, { kind: "gradientGraph" }>, "file" | "provider">>([["", setup]]);
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

async function open(): Promise<boolean> {
  try {
    await sessionFor("", false);
    say({ kind: "ready", runtimeVersion: env.versions.node ?? env.versions.common });
    return true;
  } catch (error) {
    say({ kind: "refused", message: reasonOf(error) });
    port?.close();
    return false;
  }
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

async function release(): Promise<void> {
  for (const opened of await Promise.allSettled(sessions.values())) if (opened.status === "fulfilled") await opened.value.release();
}

if (await open()) {
  let last = Promise.resolve();
  port.on("message", (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === "score") return score(message);
      if (message.kind === "gradientGraph") return void files.set(message.of, message);
      await release();
      port.close();
    });
  });
}
