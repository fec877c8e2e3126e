/** The machine and software of a measurement. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, platform, totalmem } from "node:os";
import { instructionSet } from "@pareidolia/classifiers/engines/instructionSet";
import type { Classifier } from "@pareidolia/core/classifier";
import { repository } from "./cacheFolder.ts";

export function describeMachine(): Record<string, string | number> {
  return {
    processor: cpus()[0]?.model ?? "unknown processor",
    cores: availableParallelism(),
    instructionSet: instructionSet(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: platform(),
  };
}

export function describeVersions(classifier: Classifier): Record<string, string> {
  return { ...describeProgram(), engine: classifier.engine, model: classifier.modelHash };
}

/** For several networks on one engine, with the hash of each network. */
export function describeAll(networks: ReadonlyMap<string, Classifier>): Record<string, string> {
  const [first] = networks.values();
  return {
    ...describeProgram(),
    ...(first && { engine: first.engine }),
    ...Object.fromEntries([...networks].map(([id, { modelHash }]) => [`model ${id}`, modelHash])),
  };
}

function describeProgram(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string };
  return { pareidolia: manifest.version, node: process.versions.node };
}

/** The commit of the running code, with "+ changes" if tracked files differ from it; null outside a Git repository. */
export function findCommit(folder = repository): string | null {
  const git = (...args: string[]): string | null => {
    const { status, stdout } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
    return status === 0 ? stdout.trim() : null;
  };
  const commit = git("rev-parse", "HEAD");
  if (commit === null) return null;
  return git("status", "--porcelain", "--untracked-files=no") === "" ? commit : `${commit} + changes`;
}
