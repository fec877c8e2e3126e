/**
 * Finds the native TensorFlow for `@tensorflow/tfjs-node-gpu` that `npm run tensorflow` builds, and reads the record of its build.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@pareidolia/core/appError";

export const nativeVariants = ["cpu", "cuda"] as const;
export type NativeVariant = (typeof nativeVariants)[number];

/** The record of a build. It is written last, so an interrupted build has none. */
export interface NativeBuild {
  readonly variant: NativeVariant;
  readonly tensorflow: string;
  readonly tfjs: string;
  /** SHA-256 of the compiled binding. */
  readonly binding: string;
}

const repository = fileURLToPath(new URL("../../../../../", import.meta.url));

/** The variant's folder in PAREIDOLIA_TENSORFLOW; by default in `tensorflow` of PAREIDOLIA_HOME or of the repository's `.pareidolia`. */
export function nativeFolder(environment: NodeJS.ProcessEnv, variant: NativeVariant): string {
  const named = environment["PAREIDOLIA_TENSORFLOW"];
  const home = environment["PAREIDOLIA_HOME"];
  const parent = named ? path.resolve(repository, named) : path.join(path.resolve(repository, home || ".pareidolia"), "tensorflow");
  return path.join(parent, variant);
}

export const buildRecord = "build.json";

export function tfjsPackageFolder(folder: string): string {
  return path.join(folder, "node_modules", "@tensorflow", "tfjs-node-gpu");
}

/**
 * The build that this process would use: "cuda" if it was built, otherwise "cpu".
 *
 * @throws AppError UNAVAILABLE if its record cannot be read.
 */
export function findNativeBuild(environment: NodeJS.ProcessEnv): (NativeBuild & { readonly packageFolder: string }) | null {
  for (const variant of nativeVariants.toReversed()) {
    const folder = nativeFolder(environment, variant);
    const record = path.join(folder, buildRecord);
    try {
      const build = JSON.parse(readFileSync(record, "utf8")) as NativeBuild;
      return { ...build, packageFolder: tfjsPackageFolder(folder) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      throw new AppError("UNAVAILABLE", `The record of TensorFlow's build, ${record}, cannot be read.`, { cause: error });
    }
  }
  return null;
}
