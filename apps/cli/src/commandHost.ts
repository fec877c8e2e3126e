/** Connects a command to its code, which gets a context, the command's options with the shared ones, and its arguments. */
import type { Command } from "commander";
import { type Context, openContext, type SharedOptions } from "./context.ts";
import type { Terminal } from "./terminal.ts";

export type Action<Options> = (context: Context, options: Options & SharedOptions, ...args: string[]) => Promise<void>;

export interface CommandHost {
  readonly terminal: Terminal;
  /** For `Command.action`. */
  readonly run: <Options = object>(action: Action<Options>) => (...given: unknown[]) => Promise<void>;
}

export function hostCommands(terminal: Terminal): CommandHost {
  return {
    terminal,
    run: (action) =>
      async function (...given) {
        const command = given.at(-1) as Command;
        const options = command.optsWithGlobals<SharedOptions>();
        const args = given.slice(0, -2) as string[];
        await action(await openContext(terminal, options), options as never, ...args);
      },
  };
}

/** Ends the help of a command with lines that can be copied. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ pareidolia ${line}\n`).join("")}`;
}
