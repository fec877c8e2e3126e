/** What the program needs of its surroundings, so that tests can run it in their own process. */

import { createInterface } from "node:readline/promises";

export interface Terminal {
  /** Writes to standard output: results, and nothing else. */
  readonly out: (text: string) => void;
  /** Writes to standard error: progress, notes and errors. */
  readonly err: (text: string) => void;
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  /** Whether a person can answer questions. */
  readonly inIsTty: boolean;
  /** Size of the window in characters. */
  readonly columns: number;
  readonly rows: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly hostName: string;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** The line with which the user answers a question. */
  readonly ask: (question: string) => Promise<string>;
  /** Ends when the user interrupts the program. */
  readonly signal: AbortSignal;
  /** Opens an address in the user's browser; false if there is none. */
  readonly openBrowser: (address: string) => Promise<boolean>;
}

/** The part of the terminal that the process itself knows; `signal` is the caller's. */
export function describeProcess(signal: AbortSignal): Omit<Terminal, "homeFolder" | "hostName" | "openBrowser"> {
  const { stdout, stderr, stdin, env, platform } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outIsTty: stdout.isTTY,
    errIsTty: stderr.isTTY,
    inIsTty: stdin.isTTY && stderr.isTTY,
    get columns() {
      return stdout.columns ?? 80;
    },
    get rows() {
      return stdout.rows ?? 24;
    },
    environment: env,
    platform,
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString("utf8");
    },
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(question, { signal });
      } finally {
        lines.close();
      }
    },
    signal,
  };
}
