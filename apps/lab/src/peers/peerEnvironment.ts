/**
 * The Python for the peers, the programs that a measurement compares ours with: a Python that the environment names, or a virtual
 * environment outside the repository, which is created on first use and again whenever the pinned requirements change.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export function peerFolder(environment: NodeJS.ProcessEnv, requirementsText: string): string {
  const home = environment["PAREIDOLIA_HOME"];
  const above = home ? path.resolve(home) : path.join(homedir(), ".cache", "pareidolia");
  return path.join(above, "peers", createHash("sha256").update(requirementsText).digest("hex").slice(0, 12));
}

export interface PeerRequirements {
  /** Path of the pinned requirements. */
  readonly requirements: string;
  /** The variable that names a Python which has them. */
  readonly variable: string;
  /** The main package, for messages. */
  readonly needs: string;
  /** Space and time that installing takes, for messages. */
  readonly size: string;
}

/** Returns the path of a Python with the required packages, or the reason why there is none. */
export function preparePeers(
  { requirements, variable, needs, size }: PeerRequirements,
  environment: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): { python: string } | { missing: string } {
  const named = environment[variable];
  if (named) return { python: named };
  const folder = peerFolder(environment, readFileSync(requirements, "utf8"));
  const python = path.join(folder, "bin", "python3");
  const complete = path.join(folder, "complete");
  if (existsSync(complete)) return { python };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  onProgress(`creating a virtual environment for the peers in ${folder}: ${size}`);
  for (const [command, arguments_] of [
    ["python3", ["-m", "venv", folder]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]],
  ] as const) {
    const { status, error, stderr } = spawnSync(command, arguments_, { encoding: "utf8" });
    if (status !== 0)
      return {
        missing: `the peers' environment could not be created: ${error?.message ?? stderr.trim().split("\n").at(-1)}; name a Python with ${needs} in ${variable}`,
      };
  }
  writeFileSync(complete, "");
  return { python };
}
