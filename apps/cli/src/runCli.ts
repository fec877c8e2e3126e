/** Runs one command line, and returns the exit code. */
import { CommanderError } from "commander";
import { exitCodes } from "./exitCodes.ts";
import { describeFailure } from "./failure.ts";
import { printable } from "./output/controlCharacters.ts";
import { buildProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** `words` are those after the program's name. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await buildProgram(terminal).parseAsync([...words], { from: "user" });
    return exitCodes.ok.code;
  } catch (error) {
    // Commander has written its own message; its code 0 is that of help and version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok.code : exitCodes.usage.code;
    if (terminal.signal.aborted) {
      terminal.err("Interrupted. Work that the server has started continues there.\n");
      return exitCodes.interrupted.code;
    }
    const { exit, lines } = describeFailure(error);
    terminal.err(lines.map((line) => `${printable(line)}\n`).join(""));
    return exitCodes[exit].code;
  }
}
