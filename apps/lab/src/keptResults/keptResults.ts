/**
 * The results that `npm run repro -- all` keeps in the folder `kept` of its report, so that an interrupted run continues: each finished
 * experiment, and the finished units of one that takes long. They are deleted with the last experiment: a complete report is measured again.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { unlessMissing } from "../unlessMissing.ts";
import type { Keep } from "./keep.ts";
import { type KeptFile, readKept, type Spent, writeKept } from "./keptFile.ts";
import { differences, type Origin } from "./origin.ts";

export interface KeptResults {
  find(experiment: string): KeptFile | null;
  /** What the experiment took in earlier processes, up to the last unit that they kept. */
  spentOn(experiment: string): Spent;
  /** @param spent returns what the experiment has taken so far, in all processes. */
  unitsOf(experiment: string, spent: () => Spent): Keep;
  /** Keeps a finished experiment in place of its units. */
  finish(experiment: string, spent: Spent, value: unknown): Promise<void>;
  /** Whether this error says that a unit could not be kept, which is no failure of the experiment. */
  isOwnFailure(error: unknown): boolean;
  deleteAll(): Promise<void>;
}

/** @throws AppError CORRUPT_DATA for a damaged file. */
export async function openKeptResults(options: {
  /** Of the report. */
  readonly folder: string;
  readonly origin: Origin;
  readonly commit: string | null;
  readonly onProgress: (line: string) => void;
}): Promise<KeptResults> {
  const { origin, commit, onProgress } = options;
  const root = join(options.folder, "kept");
  const found = await readUsable(root, origin, onProgress);
  const failures = new WeakSet<Error>();

  async function write(file: Pick<KeptFile, "experiment" | "unit" | "spent" | "value">): Promise<void> {
    const path = join(root, nameOf(file.experiment, file.unit));
    await writeKept(path, { ...file, origin, commit, writtenAt: new Date().toISOString() });
  }

  return {
    find: (experiment) => found.get(nameOf(experiment, null)) ?? null,
    spentOn(experiment) {
      const units = [...found.values()].filter((file) => file.experiment === experiment && file.unit !== null);
      return {
        seconds: Math.max(0, ...units.map(({ spent }) => spent.seconds)),
        coreSeconds: Math.max(0, ...units.map(({ spent }) => spent.coreSeconds)),
      };
    },
    unitsOf(experiment, spent) {
      return async <Value>(unit: string, compute: () => Promise<Value>): Promise<Value> => {
        const known = found.get(nameOf(experiment, unit));
        if (known !== undefined) {
          onProgress(`${experiment}, ${unit}: kept at ${known.writtenAt}`);
          return known.value as Value;
        }
        const value = await compute();
        try {
          await write({ experiment, unit, spent: spent(), value });
        } catch (error) {
          if (error instanceof AppError) failures.add(error);
          throw error;
        }
        return value;
      };
    },
    async finish(experiment, spent, value) {
      await write({ experiment, unit: null, spent, value });
      await rm(join(root, encodeURIComponent(experiment)), { recursive: true, force: true });
    },
    isOwnFailure: (error) => error instanceof AppError && failures.has(error),
    deleteAll: () => rm(root, { recursive: true, force: true }),
  };
}

/** By file name; those of another origin are named and left out. */
async function readUsable(root: string, origin: Origin, onProgress: (line: string) => void): Promise<ReadonlyMap<string, KeptFile>> {
  const names = (await unlessMissing(readdir(root, { recursive: true }))) ?? [];
  const found = new Map<string, KeptFile>();
  for (const name of names.filter((one) => one.endsWith(".json")).sort()) {
    const file = await readKept(join(root, name));
    const { experiment, unit } = file;
    const differing = differences(file.origin, origin);
    if (differing.length === 0) found.set(nameOf(experiment, unit), file);
    else
      onProgress(
        `The kept result of ${unit === null ? experiment : `${experiment}, ${unit},`} differs in its ${differing.join(" and ")}: it is computed again.`,
      );
  }
  return found;
}

/** Within the folder. */
function nameOf(experiment: string, unit: string | null): string {
  const own = encodeURIComponent(experiment);
  return unit === null ? `${own}.json` : join(own, `${encodeURIComponent(unit)}.json`);
}
