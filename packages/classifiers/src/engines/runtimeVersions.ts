/** Installed versions of the packages that compute networks, for a run's manifest. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const packages = ["onnxruntime-node", "@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-wasm"] as const;

/** Such as "onnxruntime-node 1.24.1", for each package that is installed. */
export function runtimeVersions(): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  return packages.flatMap((name) => {
    // A package's exports may hide its package.json, so it is read from the folder that Node would search.
    const folders = resolve.paths(name) ?? [];
    const version = folders.map((folder) => readVersion(path.join(folder, name, "package.json"))).find((found) => found !== null);
    return version === undefined ? [] : [`${name} ${version}`];
  });
}

function readVersion(file: string): string | null {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
  } catch {
    return null;
  }
}
