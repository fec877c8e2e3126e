/**
 * Detects whether a build is up to date by a hash over its sources' names and bytes. The hash is stored in node_modules, so
 * `npm ci` discards it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface ContentStamp {
  readonly current: boolean;
  /** Call before building, so an interrupted build counts as outdated. */
  remove(): void;
  /** Call after a successful build. */
  write(): void;
}

/** Build outputs among the sources. */
const skipped = new Set(["node_modules", "dist", ".next", "generated", "next-env.d.ts", "tsconfig.tsbuildinfo"]);

export function readContentStamp(root: string, name: string, sources: readonly string[], outputs: readonly string[]): ContentStamp {
  const file = path.join(root, "node_modules", ".pareidolia", `${name}.sha256`);
  const hash = hashSources(root, sources);
  const built = outputs.every((output) => existsSync(path.join(root, output)));
  const current = built && existsSync(file) && readFileSync(file, "utf8") === hash;
  return {
    current,
    remove: () => rmSync(file, { force: true }),
    write() {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, hash);
    },
  };
}

function hashSources(root: string, sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const source of sources.flatMap((file) => listFiles(path.join(root, file))).toSorted())
    hash
      .update(`${path.relative(root, source)}\0`)
      .update(readFileSync(source))
      .update("\0");
  return hash.digest("hex");
}

/** All files below a folder, or the file itself. */
function listFiles(file: string): string[] {
  if (!existsSync(file)) return [];
  if (!statSync(file).isDirectory()) return [file];
  return readdirSync(file, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap(({ name }) => listFiles(path.join(file, name)));
}
