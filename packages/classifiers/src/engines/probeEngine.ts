/**
 * Tests in a child process whether an engine loads and computes: a missing driver may write to its terminal, and a damaged library may
 * crash. Returns a description of the engine, or why it failed.
 */
import { type ExecFileException, execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Probe = { readonly loads: true; readonly engine: string } | { readonly loads: false; readonly reason: string };

const fromSources = import.meta.url.endsWith(".ts");
const script = fileURLToPath(new URL(fromSources ? "./probe.ts" : "./probe.js", import.meta.url));
const timeoutMs = 120_000;

export function probeEngine(id: string, environment: NodeJS.ProcessEnv): Promise<Probe> {
  const flags = [...(fromSources ? ["--conditions=source"] : []), "--no-warnings"];
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, script, id], { env: environment, timeout: timeoutMs }, (error, output, errorOutput) => {
      const engine = /^engine: (.+)$/m.exec(output)?.[1];
      const reason = /^reason: (.+)$/m.exec(output)?.[1];
      if (engine !== undefined) resolve({ loads: true, engine });
      else resolve({ loads: false, reason: reason ?? (errorOutput.trim().split("\n").at(-1) || describeEnd(error)) });
    });
  });
}

/** Why a process without output ended; a damaged library crashes it. */
function describeEnd(error: ExecFileException | null): string {
  if (error?.killed) return `it did not answer within ${timeoutMs / 1000} s`;
  if (error?.signal) return `the process that loaded it crashed (${error.signal})`;
  return `the process that loaded it ended with code ${error?.code ?? 0} and without a message`;
}
