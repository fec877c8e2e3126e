/**
 * A worker thread with an onnxruntime session on one core. onnxruntime-node computes on the thread that calls it, so this is
 * what keeps inference off the event loop; several such threads beat one session with several threads on small networks.
 * Sessions with a gradient in their graph are made when a gradient is first wanted: a search never pays for them.
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
const gradientFiles = new Map<string, Uint8Array>();
const gradientSessions = new Map<string, Promise<InferenceSession>>();

function createSession(file: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: [setup.provider],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
  });
}

async function open(): Promise<InferenceSession | null> {
  try {
    const session = await createSession(setup.file);
    say({ kind: "ready", runtimeVersion: env.versions.node ?? env.versions.common });
    return session;
  } catch (error) {
    say({ kind: "refused", message: reasonOf(error) });
    port?.close();
    return null;
  }
}

function gradientSession(of: string): Promise<InferenceSession> {
  let session = gradientSessions.get(of);
  if (session === undefined) {
    session = createSession(gradientFiles.get(of) ?? new Uint8Array());
    gradientSessions.set(of, session);
  }
  return session;
}

async function compute(session: InferenceSession, { count, pixels, wanted }: ScoreMessage): Promise<ThreadResults> {
  const values = pixels.subarray(
    0,
    setup.inputDims.reduce((product, size) => product * size, count),
  );
  const images = new Tensor("float32", values, [count, ...setup.inputDims]);
  const copy = (tensor: Tensor | undefined): Float32Array => Float32Array.from((tensor?.data ?? []) as Float32Array);
  if (wanted.kind === "gradient") {
    const weights = new Tensor("float32", wanted.weights, [count, setup.classes]);
    const results = await (await gradientSession(wanted.of)).run({ pixels: images, weights });
    return { probabilities: copy(results.probabilities), logits: copy(results.logits), gradients: copy(results.gradient) };
  }
  const results = await session.run({ pixels: images }, wanted.kind === "logits" ? ["probabilities", "logits"] : ["probabilities"]);
  return {
    probabilities: copy(results.probabilities),
    logits: wanted.kind === "logits" ? copy(results.logits) : null,
    gradients: null,
  };
}

async function score(session: InferenceSession, message: ScoreMessage): Promise<void> {
  const { id, pixels } = message;
  try {
    const results = await compute(session, message);
    const returned = [results.probabilities, results.logits, results.gradients].flatMap((values) => (values === null ? [] : [values]));
    say({ kind: "scored", id, results, pixels }, [...returned.map((values) => values.buffer as ArrayBuffer), pixels.buffer]);
  } catch (error) {
    say({ kind: "failed", id, message: reasonOf(error) });
  }
}

async function release(session: InferenceSession): Promise<void> {
  for (const gradient of await Promise.allSettled(gradientSessions.values()))
    if (gradient.status === "fulfilled") await gradient.value.release();
  await session.release();
}

const session = await open();
if (session !== null) {
  let last = Promise.resolve();
  port.on("message", (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === "score") return score(session, message);
      if (message.kind === "gradientGraph") return void gradientFiles.set(message.of, message.file);
      await release(session);
      port.close();
    });
  });
}
