/**
 * A Python program for comparison with ours: one process that waits for jobs. It answers each line of JSON with a line of JSON,
 * and its first line names its versions and threads.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export class PythonPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #script: string;
  #errors = "";
  description = "";

  private constructor(python: string, script: string) {
    this.#script = script;
    const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...environment } = process.env;
    this.#process = spawn(python, [script], { env: environment });
    this.#process.on("error", (error) => {
      this.#errors += error.message;
    });
    this.#process.stdin.on("error", () => undefined);
    this.#process.stderr.on("data", (data: Buffer) => {
      this.#errors += data.toString();
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @param script its path. Returns the reason if it cannot run. */
  static async open(python: string, script: string): Promise<{ peer: PythonPeer } | { missing: string }> {
    const peer = new PythonPeer(python, script);
    try {
      const { versions, threads, python: language } = await peer.#read<{ versions: string; threads: number; python: string }>();
      peer.description = `${versions}, ${threads} threads, Python ${language}`;
      return { peer };
    } catch (error) {
      return { missing: error instanceof Error ? error.message : String(error) };
    }
  }

  async run<T>(job: object): Promise<T> {
    this.#process.stdin.write(`${JSON.stringify(job)}\n`);
    return this.#read<T>();
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.pid === undefined) return;
    const exited = once(this.#process, "exit");
    this.#process.stdin.end();
    await exited;
  }

  async #read<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`Python could not run ${path.basename(this.#script)}: ${this.#errors.trim().split("\n").at(-1)}`);
    return JSON.parse(value) as T;
  }
}
