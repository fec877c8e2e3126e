/** What each command gets: the server, ways to print a result, and the options that all commands share. */
import { type Client, createClient } from "@pareidolia/client";
import { type Access, readAccess } from "./access/access.ts";
import { CliError } from "./failure.ts";
import { escapeControls, printable } from "./output/controlCharacters.ts";
import { filterJson } from "./output/jq.ts";
import { type ProgressBar, startProgressBar } from "./output/progressBar.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

export interface SharedOptions {
  readonly url?: string;
  readonly json?: boolean;
  readonly jq?: string;
  readonly quiet?: boolean;
}

export interface Result {
  /** For programs. */
  readonly json: unknown;
  /** For people. */
  readonly text: () => string;
}

export interface Context {
  readonly terminal: Terminal;
  readonly access: Access;
  readonly client: Client;
  /** Whether the result is for a program. */
  readonly isForProgram: boolean;
  /** Prints the result as the user wants it. */
  readonly print: (result: Result) => Promise<void>;
  /** Prints a value of several for programs, on a line or filtered by `--jq`. */
  readonly printLine: (json: unknown) => Promise<void>;
  /** Writes data for programs. A terminal gets control characters escaped, since other members write the texts; a pipe gets them as is. */
  readonly write: (data: string) => void;
  /** Writes a note about the result to standard error, unless `--quiet` is set. */
  readonly note: (sentence: string) => void;
  readonly progress: (label: string) => ProgressBar;
  /** The width that tables may have; null if the output is not a terminal. */
  readonly tableWidth: number | null;
}

export function clientOf({ url, token }: Pick<Access, "url" | "token">): Client {
  return createClient({ url, ...(token === null ? {} : { token }), userAgent: `pareidolia/${version}` });
}

export async function openContext(terminal: Terminal, options: SharedOptions): Promise<Context> {
  if (options.jq !== undefined && options.jq.trim() === "") throw new CliError("usage", "Give --jq a filter, such as '.[0].key'.");
  const access = await readAccess(terminal, options.url);
  const isForProgram = options.json === true || options.jq !== undefined;
  const isQuiet = options.quiet === true;
  const write = (data: string): void => terminal.out(terminal.outIsTty ? escapeControls(data) : data);
  return {
    terminal,
    access,
    client: clientOf(access),
    isForProgram,
    async print({ json, text }) {
      if (options.jq !== undefined) write(await filterJson(json, options.jq));
      else if (isForProgram) write(`${JSON.stringify(json, null, 2)}\n`);
      // Other members choose the names in it.
      else terminal.out(text().split("\n").map(printable).join("\n"));
    },
    printLine: async (json) => write(options.jq === undefined ? `${JSON.stringify(json)}\n` : await filterJson(json, options.jq)),
    write,
    note: (sentence) => (isQuiet ? undefined : terminal.err(`${printable(sentence)}\n`)),
    progress: (label) => startProgressBar(isQuiet ? { ...terminal, errIsTty: false } : terminal, label),
    tableWidth: terminal.outIsTty ? terminal.columns : null,
  };
}
