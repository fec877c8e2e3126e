/** Runs a NumPy script beside a benchmark. PAREIDOLIA_PYTHON names a Python that has NumPy; default: python3. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export type PeerOutcome<T> = { readonly result: T } | { readonly missing: string };

/** Hands `input` to the script as JSON and reads its answer; says what is missing where it cannot run. */
export function runNumPy<T>(script: string, input: unknown): PeerOutcome<T> {
  const python = process.env["PAREIDOLIA_PYTHON"] || "python3";
  const file = fileURLToPath(new URL(`./peers/${script}`, import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(python, [file], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  if (status === 0) return { result: JSON.parse(stdout) as T };
  const reason = error?.message ?? stderr.trim().split("\n").at(-1) ?? "";
  return { missing: `${python} could not run it (${reason}): name a Python with NumPy in PAREIDOLIA_PYTHON` };
}
