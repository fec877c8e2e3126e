/** The test files with a larger extent in `npm run audit -- --full`: those that have no sample, and those that import `sampled.ts`, through others too. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "../..");
const sampling = path.join(import.meta.dirname, "sampled.ts");

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+\.ts)"/g)].map(([, to = ""]) => path.join(path.dirname(file), to));

/** Absolute paths of files whose names end with one of the endings. */
export function findSampledFiles(endings: readonly string[]): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("results"))
    .map((name) => path.join(folder, name));
  const importersOf = new Map<string, string[]>();
  for (const file of files) for (const imported of importsOf(file)) importersOf.set(imported, [...(importersOf.get(imported) ?? []), file]);
  const found = new Set<string>([sampling]);
  for (const file of found) for (const importer of importersOf.get(file) ?? []) found.add(importer);
  return files.filter((file) => endings.some((ending) => file.endsWith(ending)) && (found.has(file) || /\.full\./.test(file))).toSorted();
}
