/**
 * Whether something built is still what its sources say: a hash over the sources' names and bytes, kept in node_modules,
 * where a fresh installation forgets it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface ContentStamp {
  readonly current: boolean;
  /** To be called before building, so that one that breaks off counts as none. */
  forget(): void;
  /** To be called when the building has succeeded. */
  write(): void;
}

/** What building writes among the sources. */
const skipped = new Set(["node_modules", "dist", ".next", "generated", "next-env.d.ts", "tsconfig.tsbuildinfo"]);

export function readContentStamp(root: string, name: string, sources: readonly string[], outputs: readonly string[]): ContentStamp {
  const file = path.join(root, "node_modules", ".pareidolia", `${name}.sha256`);
  const hash = hashSources(root, sources);
  const built = outputs.every((output) => existsSync(path.join(root, output)));
  const current = built && existsSync(file) && readFileSync(file, "utf8") === hash;
  return {
    current,
    forget: () => rmSync(file, { force: true }),
    write() {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, hash);
    },
  };
}

function hashSources(root: string, sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const source of sources.flatMap((place) => listFiles(path.join(root, place))).toSorted())
    hash
      .update(`${path.relative(root, source)}\0`)
      .update(readFileSync(source))
      .update("\0");
  return hash.digest("hex");
}

function listFiles(place: string): string[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap(({ name }) => listFiles(path.join(place, name)));
}
