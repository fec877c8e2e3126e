/** The worker threads of one classifier and their queue: pieces are computed in order of submission, each by the least busy thread. */
import { Worker } from "node:worker_threads";
import { AppError } from "@pareidolia/core/appError";
import type { FromThread, ThreadResults, ToThread, Wanted } from "./threadMessages.ts";

export interface Piece {
  readonly count: number;
  /** Whether all cores compute the piece together, in a session of the first thread. */
  readonly together: boolean;
  readonly wanted: Wanted;
  /** Writes the piece's images in the network's layout; called when the piece is sent to a thread. */
  readonly write: (pixels: Float32Array) => void;
  readonly settle: (outcome: { results: ThreadResults } | { error: AppError }) => void;
  /** Whether the caller has aborted; such pieces are skipped. */
  readonly abandoned: () => boolean;
}

interface Thread {
  readonly worker: Worker;
  readonly exited: Promise<void>;
  readonly running: Map<number, Piece>;
  readonly spare: Float32Array<ArrayBuffer>[];
}

/** The second piece waits in the thread, which can start it without waiting for a message. */
const piecesPerThread = 2;
/** When run from sources, threads resolve this repository's packages to their sources as well. */
const threadFlags = import.meta.url.endsWith(".ts") ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [];

export interface ThreadsOptions {
  /** The engine's name, for error messages. */
  readonly engine: string;
  /** The file that each thread runs. */
  readonly file: URL;
  /** The thread's `workerData`. */
  readonly setup: object;
  readonly count: number;
  readonly valuesPerImage: number;
  /** Flags of Node for the threads. */
  readonly flags?: readonly string[];
}

export class InferenceThreads {
  readonly #threads: Thread[] = [];
  readonly #queue: Piece[] = [];
  readonly #valuesPerImage: number;
  readonly #engine: string;
  #nextId = 0;
  /** The error of every further piece, once closed or after a thread has stopped; null before. */
  #refusal: AppError | null = null;
  runtimeVersion = "";

  private constructor({ valuesPerImage, engine }: ThreadsOptions) {
    this.#valuesPerImage = valuesPerImage;
    this.#engine = engine;
  }

  /** @throws AppError CORRUPT_DATA if the engine refuses the model, UNAVAILABLE if a thread stops. */
  static async open(options: ThreadsOptions): Promise<InferenceThreads> {
    const threads = new InferenceThreads(options);
    try {
      await Promise.all(Array.from({ length: options.count }, () => threads.#start(options)));
    } catch (error) {
      await threads.close();
      throw error;
    }
    return threads;
  }

  submit(piece: Piece): void {
    if (this.#refusal !== null) piece.settle({ error: this.#refusal });
    else {
      this.#queue.push(piece);
      this.#dispatch();
    }
  }

  /** Sends a message to every thread, which receives it before any piece that is submitted later. */
  broadcast(message: ToThread): void {
    for (const thread of this.#threads) thread.worker.postMessage(message);
  }

  /** Rejects all waiting pieces, and resolves when each thread has finished its pieces and exited. */
  async close(): Promise<void> {
    const disposed = new AppError("UNAVAILABLE", "This classifier has been disposed.");
    this.#refusal = disposed;
    for (const piece of this.#queue.splice(0)) piece.settle({ error: disposed });
    this.broadcast({ kind: "close" });
    await Promise.all(this.#threads.map((thread) => thread.exited));
  }

  #start({ file, setup, flags = [] }: ThreadsOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(file, { workerData: setup, execArgv: [...threadFlags, ...flags] });
      const exited = new Promise<void>((done) => {
        worker.once("exit", () => done());
      });
      const thread: Thread = { worker, exited, running: new Map(), spare: [] };
      this.#threads.push(thread);
      const lose = (message: string, cause?: unknown): void => {
        const error = new AppError("UNAVAILABLE", `An inference thread has stopped: ${message}. Open the model again.`, { cause });
        this.#refusal ??= error;
        for (const piece of [...thread.running.values(), ...this.#queue.splice(0)]) piece.settle({ error });
        thread.running.clear();
        reject(error);
      };
      worker.on("message", (message: FromThread) => {
        if (message.kind === "ready") {
          this.runtimeVersion = message.runtimeVersion;
          resolve();
        } else if (message.kind === "refused")
          reject(new AppError("CORRUPT_DATA", `${this.#engine} refuses this model: ${message.message}`));
        else this.#finish(thread, message);
      });
      worker.on("error", (error) => lose(error.message, error));
      worker.once("exit", () => {
        if (this.#refusal === null) lose("it exited unexpectedly");
      });
    });
  }

  #finish(thread: Thread, message: Extract<FromThread, { kind: "scored" | "failed" }>): void {
    const piece = thread.running.get(message.id);
    thread.running.delete(message.id);
    if (message.kind === "scored") {
      thread.spare.push(message.pixels);
      piece?.settle({ results: message.results });
    } else piece?.settle({ error: new AppError("INTERNAL", `${this.#engine} failed on a batch: ${message.message}`) });
    this.#dispatch();
  }

  /** Sends waiting pieces to the least busy thread until each has its maximum. */
  #dispatch(): void {
    for (;;) {
      while (this.#queue[0]?.abandoned()) this.#queue.shift();
      const [piece] = this.#queue;
      const [first] = this.#threads;
      if (piece === undefined || first === undefined) return;
      const thread = piece.together
        ? first
        : this.#threads.reduce((least, other) => (other.running.size < least.running.size ? other : least));
      if (thread.running.size >= piecesPerThread) return;
      this.#queue.shift();
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
    const { count, together, wanted } = piece;
    thread.worker.postMessage({ kind: "score", id, count, together, pixels, wanted } satisfies ToThread, [pixels.buffer]);
  }
}
