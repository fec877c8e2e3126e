/** The web application's source files, for tests about what all pages have in common. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "../../apps/web/src");

export interface WebSource {
  /** Below apps/web/src. */
  readonly path: string;
  readonly text: string;
}

/** Without generated files. */
export function readWebSources(): WebSource[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("generated"))
    .map((name) => ({ path: name, text: readFileSync(path.join(root, name), "utf8") }));
}
