/**
 * Removes from node_modules all packages that the given workspaces do not need at run time: `node keepDependencies.mjs workers`. npm
 * cannot omit the optional peers of a dependency (Prisma's command line, TypeScript) if they are development dependencies of the repository.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";

const root = process.cwd();
const kept = new Set();

function readPackage(folder) {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}

/** Like Node's resolution: looks in the node_modules of the folder and of its parents. */
function findPackage(name, from) {
  for (let folder = from; folder.startsWith(root); folder = path.dirname(folder)) {
    const place = path.join(folder, "node_modules", name);
    if (existsSync(path.join(place, "package.json"))) return place;
  }
  return null;
}

function keep(place) {
  if (kept.has(place)) return;
  kept.add(place);
  const folder = realpathSync(place);
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = readPackage(folder);
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
    const found = findPackage(name, folder);
    if (found !== null) keep(found);
    else if (dependencies[name] !== undefined && optionalDependencies[name] === undefined)
      throw new Error(`${place} needs ${name}, which is not installed.`);
  }
}

function* packagesIn(modules) {
  if (!existsSync(modules)) return;
  for (const name of readdirSync(modules)) {
    if (name.startsWith(".")) continue;
    const place = path.join(modules, name);
    if (name.startsWith("@")) yield* readdirSync(place).map((inner) => path.join(place, inner));
    else yield place;
  }
}

function prune(modules) {
  for (const place of packagesIn(modules))
    if (kept.has(place)) prune(path.join(place, "node_modules"));
    else rmSync(place, { recursive: true, force: true });
}

for (const workspace of process.argv.slice(2)) keep(path.join(root, workspace));
prune(path.join(root, "node_modules"));
rmSync(path.join(root, "node_modules", ".bin"), { recursive: true, force: true });
