/**
 * The Python for the peers, the programs that a benchmark compares ours with: PAREIDOLIA_PYTHON, or a virtual environment outside the
 * repository, which is created on first use (some GB) and again whenever the pinned requirements change.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const requirements = fileURLToPath(new URL("./peers/requirements.txt", import.meta.url));

export function peerFolder(environment: NodeJS.ProcessEnv, requirementsText: string): string {
  const home = environment["PAREIDOLIA_HOME"];
  const above = home ? path.resolve(home) : path.join(homedir(), ".cache", "pareidolia");
  return path.join(above, "peers", createHash("sha256").update(requirementsText).digest("hex").slice(0, 12));
}

/** Returns the path of a Python with the packages of peers/requirements.txt, or the reason why there is none. */
export function preparePeers(environment: NodeJS.ProcessEnv, onProgress: (line: string) => void): { python: string } | { missing: string } {
  const named = environment["PAREIDOLIA_PYTHON"];
  if (named) return { python: named };
  const folder = peerFolder(environment, readFileSync(requirements, "utf8"));
  const python = path.join(folder, "bin", "python3");
  const complete = path.join(folder, "complete");
  if (existsSync(complete)) return { python };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  onProgress(`creating a virtual environment for the peers in ${folder}: some GB, some minutes`);
  for (const [command, arguments_] of [
    ["python3", ["-m", "venv", folder]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]],
  ] as const) {
    const { status, error, stderr } = spawnSync(command, arguments_, { encoding: "utf8" });
    if (status !== 0)
      return {
        missing: `the peers' environment could not be created: ${error?.message ?? stderr.trim().split("\n").at(-1)}; name a Python with PyTorch in PAREIDOLIA_PYTHON`,
      };
  }
  writeFileSync(complete, "");
  return { python };
}
