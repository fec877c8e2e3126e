/** What a result depends on. A kept result takes the place of a computation only if every part is the same. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { defaultEngine } from "@pareidolia/classifiers/engines/chooseEngine";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { repository } from "../cacheFolder.ts";
import type { ExperimentOptions } from "../experiments/experiment.ts";
import { describeMachine } from "../machine.ts";
import type { DisposableShelf } from "../modelShelf.ts";
import { unlessMissing } from "../unlessMissing.ts";

export interface Origin {
  readonly budget: string;
  /** Null for as many as each experiment needs. */
  readonly seeds: readonly number[] | null;
  readonly generations: number | null;
  /** The user's networks, with a hash of file, labels and pre-processing of each. */
  readonly networks: Readonly<Record<string, string>>;
  /** A hash of each; null for a missing file. */
  readonly releases: readonly (string | null)[];
  readonly engine: string;
  /** Without its memory, which changes no figure. */
  readonly machine: Readonly<Record<string, string | number>>;
  readonly node: string;
  /** A hash of the lab's sources, of its packages' sources, and of the lock file. */
  readonly sources: string;
}

const names: Readonly<Record<keyof Origin, string>> = {
  budget: "budget",
  seeds: "seeds",
  generations: "generations",
  networks: "networks",
  releases: "releases",
  engine: "engine",
  machine: "machine",
  node: "Node version",
  sources: "code",
};

export async function findOrigin(
  options: Pick<ExperimentOptions, "budget" | "seeds" | "generations" | "releases"> & { readonly models: DisposableShelf },
): Promise<Origin> {
  const { budget, seeds = null, generations = null, models, releases = [] } = options;
  const { memory: _, ...machine } = describeMachine();
  return {
    budget,
    seeds,
    generations,
    networks: models.hashes,
    releases: await Promise.all(
      releases.map(async (file) => {
        const bytes = await unlessMissing(readFile(file));
        return bytes === null ? null : sha256(bytes);
      }),
    ),
    engine: (await defaultEngine()).engine.id,
    machine,
    node: process.versions.node,
    sources: await hashSources(),
  };
}

/** What differs, such as "seeds" and "code"; empty for the same origin. */
export function differences(kept: Partial<Origin>, current: Origin): readonly string[] {
  return (Object.keys(names) as (keyof Origin)[])
    .filter((part) => !isDeepStrictEqual(kept[part], current[part]))
    .map((part) => names[part]);
}

/** Of the code itself and not of its commit, so that a change of texts or tests leaves results as they are. */
async function hashSources(): Promise<string> {
  const folders = ["apps/lab", ...(await packagesOf("apps/lab"))].sort();
  const files = await Promise.all(
    folders.map(async (folder) => {
      const found = await readdir(join(repository, folder, "src"), { recursive: true, withFileTypes: true });
      return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    }),
  );
  const paths = [join(repository, "package-lock.json"), ...files.flat().sort()];
  const hashes = await Promise.all(paths.map(async (path) => `${path.slice(repository.length)} ${sha256(await readFile(path))}`));
  return sha256(hashes.join("\n"));
}

/** Folders of this repository's packages that a package uses, directly or not. */
async function packagesOf(folder: string): Promise<ReadonlySet<string>> {
  const { dependencies = {} } = JSON.parse(await readFile(join(repository, folder, "package.json"), "utf8")) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  const own = Object.keys(dependencies)
    .filter((name) => name.startsWith("@pareidolia/"))
    .map((name) => name.replace("@pareidolia/", "packages/"));
  const further = await Promise.all(own.map(packagesOf));
  return new Set([...own, ...further.flatMap((more) => [...more])]);
}
