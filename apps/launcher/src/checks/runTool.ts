/** Runs a development tool. A non-zero exit code becomes an error with the tool's output. */
import { spawn } from "node:child_process";
import path from "node:path";
import { findProgram } from "../prepare/prepareBuild.ts";

export interface ToolOptions {
  readonly root: string;
  /** A program of an npm package, as [package, file]. Set either this or `script`. */
  readonly program?: readonly [string, string];
  /** A script of this repository. */
  readonly script?: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export async function runTool(options: ToolOptions): Promise<void> {
  const { code, output } = await captureTool(options);
  if (code !== 0) throw new Error(output.trim() || `exited with code ${code}`);
}

export function captureTool({
  root,
  program,
  script = "",
  args,
  folder = "",
  env = {},
  signal,
}: ToolOptions): Promise<{ code: number; output: string }> {
  const file = program === undefined ? path.join(root, script) : findProgram(root, program);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file, ...args], {
      cwd: path.join(root, folder),
      env: { ...process.env, ...env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}
