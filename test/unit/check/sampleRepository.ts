/** A small repository in a temporary folder: this repository's rule files and a few source files without violations. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const repository = path.resolve(import.meta.dirname, "../../..");
const ruleFiles = [".dependency-cruiser.mjs", ".oxlintrc.json", "tsconfig.base.json", "package.json"];
const rooms = ["packages/core", "packages/encodings", "packages/persistence", "apps/api", "apps/web", "workers"];

const sources: Readonly<Record<string, string>> = {
  "packages/core/src/image.ts": "export const width = 28;\n",
  "packages/encodings/src/registry.ts": 'import { width } from "@pareidolia/core/image";\n\nexport const area = width * width;\n',
  "packages/persistence/src/database.ts": 'import pg from "pg";\n\nexport const openPool = (): pg.Pool => new pg.Pool();\n',
  "apps/api/src/main.ts": 'import { openPool } from "@pareidolia/persistence/database";\n\nexport const pool = openPool();\n',
  "apps/web/src/features/Tile.tsx": 'import { area } from "@pareidolia/encodings/registry";\n\nexport const tileArea = area;\n',
  "workers/src/main.ts": 'import { width } from "@pareidolia/core/image";\n\nexport const workerWidth = width;\n',
};

export interface SampleRepository {
  readonly root: string;
  write(file: string, text: string): void;
  /** Restores the source files without violations. */
  restore(): void;
  remove(): void;
}

export function buildSampleRepository(): SampleRepository {
  const root = mkdtempSync(path.join(tmpdir(), "pareidolia-repository-"));
  const added = new Set<string>();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    added.add(file);
  };
  const restore = () => {
    for (const file of added) rmSync(path.join(root, file), { force: true });
    added.clear();
    for (const [file, text] of Object.entries(sources)) write(file, text);
  };
  for (const file of ruleFiles) cpSync(path.join(repository, file), path.join(root, file));
  for (const room of rooms) {
    mkdirSync(path.join(root, room), { recursive: true });
    cpSync(path.join(repository, room, "package.json"), path.join(root, room, "package.json"));
    writeFileSync(path.join(root, room, "tsconfig.json"), '{ "extends": "../../tsconfig.base.json" }\n');
  }
  writeFileSync(path.join(root, "workers/tsconfig.json"), '{ "extends": "../tsconfig.base.json" }\n');
  linkModules(root);
  restore();
  return { root, write, restore, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Links the installed packages, with the sample's workspaces in place of the real ones. */
function linkModules(root: string): void {
  const from = path.join(repository, "node_modules");
  const to = path.join(root, "node_modules");
  mkdirSync(path.join(to, "@pareidolia"), { recursive: true });
  for (const name of readdirSync(from))
    if (!name.startsWith(".") && name !== "@pareidolia") symlinkSync(path.join(from, name), path.join(to, name));
  for (const room of rooms) symlinkSync(path.join(root, room), path.join(to, "@pareidolia", path.basename(room)));
}
