/** Runs an external program and returns the last 20,000 characters of its output. */
import { spawn } from "node:child_process";
import { AppError } from "@pareidolia/core/appError";

export interface ProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
  /** Beginning of the error message. */
  readonly failure: string;
}

export function runProgram({ program, args, cwd, signal, env = process.env, failure }: ProgramOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, signal, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-20_000);
      });
    child.on("error", (error) => {
      if (signal.aborted) reject(signal.reason as Error);
      else reject(new AppError("UNAVAILABLE", `${failure}: could not start ${program} (${error.message}).`, { cause: error }));
    });
    child.on("close", (code, ending) => {
      if (code === 0) resolve(output);
      else reject(new AppError("UNAVAILABLE", `${failure} (${program} exited with ${code ?? ending}). Its output:\n${output.trim()}`));
    });
  });
}
