/** The threads of one classifier and the queue in front of them: pieces go out in the order asked, and whichever thread is free takes the next. */
import { Worker } from "node:worker_threads";
import { AppError } from "@pareidolia/core/appError";
import type { FromThread, ThreadSetup, ToThread } from "./threadMessages.ts";

export interface Piece {
  readonly count: number;
  /** Called when a thread takes the piece: writes its images, in the network's layout. */
  readonly write: (pixels: Float32Array) => void;
  readonly settle: (outcome: { probabilities: Float32Array } | { error: AppError }) => void;
  /** A piece that nobody waits for any more is passed over. */
  readonly abandoned: () => boolean;
}

interface Thread {
  readonly worker: Worker;
  readonly exited: Promise<void>;
  readonly running: Map<number, Piece>;
  readonly spare: Float32Array<ArrayBuffer>[];
}

/** One piece computes while the next already waits in the thread, so that a thread never idles for a message. */
const piecesPerThread = 2;
/** Type stripping runs the source; a build leaves a compiled file in its place. */
const threadFile = import.meta.url.endsWith(".ts") ? "./inferenceThread.ts" : "./inferenceThread.js";

export class InferenceThreads {
  readonly #threads: Thread[] = [];
  readonly #queue: Piece[] = [];
  readonly #valuesPerImage: number;
  #nextId = 0;
  #closed = false;
  runtimeVersion = "";

  private constructor(valuesPerImage: number) {
    this.#valuesPerImage = valuesPerImage;
  }

  /** @throws AppError CORRUPT_DATA when onnxruntime refuses the model. */
  static async open(setup: ThreadSetup, count: number): Promise<InferenceThreads> {
    const threads = new InferenceThreads(setup.inputDims.reduce((product, size) => product * size, 1));
    try {
      await Promise.all(Array.from({ length: count }, () => threads.#start(setup)));
    } catch (error) {
      await threads.close();
      throw error;
    }
    return threads;
  }

  submit(piece: Piece): void {
    if (this.#closed) piece.settle({ error: new AppError("UNAVAILABLE", "This classifier has been disposed of.") });
    else {
      this.#queue.push(piece);
      this.#dispatch();
    }
  }

  /** Refuses what still waits, lets each thread finish what it computes, and returns when every thread is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const piece of this.#queue.splice(0))
      piece.settle({ error: new AppError("UNAVAILABLE", "This classifier has been disposed of.") });
    for (const thread of this.#threads) thread.worker.postMessage({ kind: "close" } satisfies ToThread);
    await Promise.all(this.#threads.map((thread) => thread.exited));
  }

  #start(setup: ThreadSetup): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL(threadFile, import.meta.url), { workerData: setup });
      const exited = new Promise<void>((done) => {
        worker.once("exit", () => done());
      });
      const thread: Thread = { worker, exited, running: new Map(), spare: [] };
      this.#threads.push(thread);
      const lose = (message: string, cause?: unknown): void => {
        const error = new AppError("UNAVAILABLE", `An inference thread has stopped: ${message}`, { cause });
        this.#closed = true;
        for (const piece of [...thread.running.values(), ...this.#queue.splice(0)]) piece.settle({ error });
        thread.running.clear();
        reject(error);
      };
      worker.on("message", (message: FromThread) => {
        if (message.kind === "ready") {
          this.runtimeVersion = message.runtimeVersion;
          resolve();
        } else if (message.kind === "refused") reject(new AppError("CORRUPT_DATA", `onnxruntime refuses this model: ${message.message}`));
        else this.#finish(thread, message);
      });
      worker.on("error", (error) => lose(error.message, error));
      worker.once("exit", () => {
        if (!this.#closed) lose("it ended by itself");
      });
    });
  }

  #finish(thread: Thread, message: Extract<FromThread, { kind: "scored" | "failed" }>): void {
    const piece = thread.running.get(message.id);
    thread.running.delete(message.id);
    if (message.kind === "scored") {
      thread.spare.push(message.pixels);
      piece?.settle({ probabilities: message.probabilities });
    } else piece?.settle({ error: new AppError("INTERNAL", `onnxruntime failed on a batch: ${message.message}`) });
    this.#dispatch();
  }

  /** Gives one piece at a time to the least busy thread. */
  #dispatch(): void {
    for (;;) {
      const thread = this.#threads.reduce((least, other) => (other.running.size < least.running.size ? other : least));
      if (thread.running.size >= piecesPerThread) return;
      let piece = this.#queue.shift();
      while (piece?.abandoned()) piece = this.#queue.shift();
      if (piece === undefined) return;
      this.#send(thread, piece);
    }
  }

  #send(thread: Thread, piece: Piece): void {
    const needed = piece.count * this.#valuesPerImage;
    let pixels = thread.spare.pop();
    if (pixels === undefined || pixels.length < needed) pixels = new Float32Array(needed);
    piece.write(pixels);
    const id = this.#nextId++;
    thread.running.set(id, piece);
    thread.worker.postMessage({ kind: "score", id, count: piece.count, pixels } satisfies ToThread, [pixels.buffer]);
  }
}
