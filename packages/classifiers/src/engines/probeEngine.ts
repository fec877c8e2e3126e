/**
 * Whether an engine loads and computes, asked of a process of its own: a driver that is missing writes to its terminal instead of
 * ours, and a library that crashes takes nobody along. The answer is the engine in words, or what went wrong.
 */
import { type ExecFileException, execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Probe = { readonly loads: true; readonly engine: string } | { readonly loads: false; readonly reason: string };

const fromSources = import.meta.url.endsWith(".ts");
const script = fileURLToPath(new URL(fromSources ? "./probe.ts" : "./probe.js", import.meta.url));
const patience = 120_000;

export function probeEngine(id: string, environment: NodeJS.ProcessEnv): Promise<Probe> {
  const flags = [...(fromSources ? ["--conditions=source"] : []), "--no-warnings"];
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, script, id], { env: environment, timeout: patience }, (error, output, complaints) => {
      const engine = /^engine: (.+)$/m.exec(output)?.[1];
      const reason = /^reason: (.+)$/m.exec(output)?.[1];
      if (engine !== undefined) resolve({ loads: true, engine });
      else resolve({ loads: false, reason: reason ?? (complaints.trim().split("\n").at(-1) || describeEnd(error)) });
    });
  });
}

/** How a process ended that said nothing: a damaged library is not refused, it crashes. */
function describeEnd(error: ExecFileException | null): string {
  if (error?.killed) return `it did not answer within ${patience / 1000} s`;
  if (error?.signal) return `the process that loaded it crashed (${error.signal})`;
  return `the process that loaded it ended with code ${error?.code ?? 0} and said nothing`;
}
