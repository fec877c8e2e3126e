/** The threads of one classifier and the queue in front of them: pieces go out in the order asked, and whichever thread is free takes the next. */
import { Worker } from "node:worker_threads";
import { AppError } from "@pareidolia/core/appError";
import type { FromThread, ThreadResults, ToThread, Wanted } from "./threadMessages.ts";

export interface Piece {
  readonly count: number;
  /** To be computed by all cores at once, which the first thread sees to. */
  readonly together: boolean;
  readonly wanted: Wanted;
  /** Called when a thread takes the piece: writes its images, in the network's layout. */
  readonly write: (pixels: Float32Array) => void;
  readonly settle: (outcome: { results: ThreadResults } | { error: AppError }) => void;
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
/** From sources, a thread resolves this repository's packages to their sources too, whatever runs above it. */
const threadFlags = import.meta.url.endsWith(".ts") ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [];

export interface ThreadsOptions {
  /** The engine in words, for messages. */
  readonly engine: string;
  /** The file that a thread runs, and what it is handed. */
  readonly file: URL;
  readonly setup: object;
  readonly count: number;
  readonly valuesPerImage: number;
  /** For Node in the threads. */
  readonly flags?: readonly string[];
}

export class InferenceThreads {
  readonly #threads: Thread[] = [];
  readonly #queue: Piece[] = [];
  readonly #valuesPerImage: number;
  readonly #engine: string;
  #nextId = 0;
  /** Why nothing is taken any more; null while threads work. */
  #refusal: AppError | null = null;
  runtimeVersion = "";

  private constructor({ valuesPerImage, engine }: ThreadsOptions) {
    this.#valuesPerImage = valuesPerImage;
    this.#engine = engine;
  }

  /** @throws AppError CORRUPT_DATA when the engine refuses the model. */
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

  /** Tells every thread, before whatever is submitted later. */
  broadcast(message: ToThread): void {
    for (const thread of this.#threads) thread.worker.postMessage(message);
  }

  /** Refuses what still waits, lets each thread finish what it computes, and returns when every thread is gone. */
  async close(): Promise<void> {
    const disposed = new AppError("UNAVAILABLE", "This classifier has been disposed of.");
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
        if (this.#refusal === null) lose("it ended by itself");
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

  /** Gives one piece at a time to the least busy thread that may take it. */
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
