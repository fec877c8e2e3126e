/**
 * A clone of the repository with no neighbour: what git would copy, with what has been built. The installed packages are links, since copying
 * them takes a minute; those of this repository lead into the clone.
 */
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readlink, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const own = "@pareidolia";

export interface LoneClone {
  /** With the clone and an empty home folder. */
  readonly folder: string;
  readonly clone: string;
  readonly home: string;
}

export async function makeLoneClone(): Promise<LoneClone> {
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-lone-"));
  const [clone, home] = [path.join(folder, "clone"), path.join(folder, "home")];
  // PostgreSQL runs as another user where root runs the tests.
  await chmod(folder, 0o755);
  await mkdir(home);
  const files = await list("--cached", "--others", "--exclude-standard");
  const ignored = await list("--others", "--ignored", "--exclude-standard", "--directory");
  const built = ignored.filter((place) => /\/(?:dist|generated)\/$/.test(place) && !place.startsWith("node_modules/"));
  await mkdir(clone);
  // One process copies thousands of files in a tenth of the time.
  const copying = run("cp", ["--parents", "-R", "-t", clone, ...files, ...built], { cwd: root, maxBuffer: 2 ** 24 });
  await Promise.all([copying, linkPackages(clone)]);
  for (const place of ignored.filter((each) => /^(?:apps|packages)\/\w+\/node_modules\/$/.test(each)))
    await symlink(path.join(root, place), path.join(clone, place.slice(0, -1)));
  return { folder, clone, home };
}

async function list(...options: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run("git", ["ls-files", "-z", ...options], { cwd: root, maxBuffer: 2 ** 26 });
  return stdout.split("\0").filter((place) => place !== "");
}

async function linkPackages(clone: string): Promise<void> {
  const [installed, linked] = [path.join(root, "node_modules"), path.join(clone, "node_modules")];
  await mkdir(path.join(linked, own), { recursive: true });
  // Tools write to folders whose names begin with a dot.
  const packages = (await readdir(installed)).filter((name) => name !== own && (name === ".bin" || !name.startsWith(".")));
  for (const name of packages) await symlink(path.join(installed, name), path.join(linked, name));
  for (const name of await readdir(path.join(installed, own)))
    await symlink(await readlink(path.join(installed, own, name)), path.join(linked, own, name));
}
