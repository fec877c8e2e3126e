/** Runs the command line in this process, with a terminal that records what it writes. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "@pareidolia/cli/runCli";
import type { Terminal } from "@pareidolia/cli/terminal";

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  /** Where credentials are stored. */
  readonly folder: string;
  /** Addresses that a browser was to open. */
  readonly opened: string[];
  run(words: readonly string[], changes?: Partial<Terminal> & { readonly input?: string }): Promise<Ran>;
  /** The result of a command that works, as a program reads it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a result
  json(words: readonly string[], changes?: Partial<Terminal>): Promise<any>;
}

export function openCommandLine(environment: Readonly<Record<string, string>>): CommandLine {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "pareidolia-cli-")), "config");
  const opened: string[] = [];
  const run: CommandLine["run"] = async (words, { input = "", ...changes } = {}) => {
    let [out, err] = ["", ""];
    const terminal: Terminal = {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      outIsTty: false,
      errIsTty: false,
      inIsTty: false,
      columns: 80,
      rows: 24,
      platform: "linux",
      homeFolder: path.join(folder, "home"),
      hostName: "laptop",
      readInput: async () => input,
      ask: async () => input,
      signal: new AbortController().signal,
      openBrowser: async (address) => opened.push(address) > 0,
      environment: { PAREIDOLIA_CONFIG: folder, ...environment },
      ...changes,
    };
    return { code: await runCli(words, terminal), out, err };
  };
  return {
    folder,
    opened,
    run,
    async json(words, changes) {
      const { code, out, err } = await run([...words, "--json"], changes);
      if (code !== 0) throw new Error(`pareidolia ${words.join(" ")} ended with ${code}: ${err}`);
      return JSON.parse(out);
    },
  };
}
