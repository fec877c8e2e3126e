/** Runs an outside program to its end and gives back what it said. */
import { spawn } from "node:child_process";
import { AppError } from "@pareidolia/core/appError";

export interface ProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
  /** Begins the sentence when it fails. */
  readonly failure: string;
}

export function runProgram({ program, args, cwd, signal, env = process.env, failure }: ProgramOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, signal, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-20_000);
      });
    child.on("error", (error) => {
      if (signal.aborted) reject(signal.reason as Error);
      else reject(new AppError("UNAVAILABLE", `${failure}: ${program} could not be started (${error.message}).`, { cause: error }));
    });
    child.on("close", (code, ending) => {
      if (code === 0) resolve(said);
      else reject(new AppError("UNAVAILABLE", `${failure} (${program} ended with ${code ?? ending}). It said:\n${said.trim()}`));
    });
  });
}
