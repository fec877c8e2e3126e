/** PyTorch beside ours: one process for all networks, which computes only when it is told to and waits meanwhile. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface PeerJob {
  readonly network: "lenet" | "alexnet" | "mobilenet";
  readonly batch: number;
  readonly work: "forward" | "gradient";
}

export class PyTorchPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #errors = "";
  description = "";

  private constructor(python: string) {
    const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...environment } = process.env;
    this.#process = spawn(python, [fileURLToPath(new URL("./peers/networks.py", import.meta.url))], { env: environment });
    this.#process.on("error", (error) => {
      this.#errors += error.message;
    });
    this.#process.stdin.on("error", () => undefined);
    this.#process.stderr.on("data", (data: Buffer) => {
      this.#errors += data.toString();
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** Says what is missing where it cannot run. */
  static async open(python: string): Promise<{ peer: PyTorchPeer } | { missing: string }> {
    const peer = new PyTorchPeer(python);
    try {
      const { version, threads, python: language } = await peer.#read<{ version: string; threads: number; python: string }>();
      peer.description = `PyTorch ${version}, ${threads} threads, Python ${language}`;
      return { peer };
    } catch (error) {
      return { missing: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The seconds of each step. */
  async run(job: PeerJob, steps: number): Promise<readonly number[]> {
    this.#process.stdin.write(`${JSON.stringify({ ...job, steps })}\n`);
    return this.#read<readonly number[]>();
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.pid === undefined) return;
    const exited = once(this.#process, "exit");
    this.#process.stdin.end();
    await exited;
  }

  async #read<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`PyTorch could not run: ${this.#errors.trim().split("\n").at(-1)}`);
    return JSON.parse(value) as T;
  }
}
