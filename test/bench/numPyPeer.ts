/** Runs a NumPy script on one core, for comparison in a benchmark. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export type PeerOutcome<T> = { readonly result: T } | { readonly missing: string };

/** Passes `input` to the script as JSON and returns its result, or the reason why it cannot run. */
export function runNumPy<T>(python: string, script: string, input: unknown): PeerOutcome<T> {
  const file = fileURLToPath(new URL(`./peers/${script}`, import.meta.url));
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...environment } = process.env;
  const { status, stdout, stderr, error } = spawnSync(python, [file], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...environment, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  if (status === 0) return { result: JSON.parse(stdout) as T };
  return { missing: `${python} could not run it (${error?.message ?? stderr.trim().split("\n").at(-1) ?? ""})` };
}
