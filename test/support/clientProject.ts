/** A project outside the repository that installs the packed client as other people do: from its tarball, without the network. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const source = path.join(root, "packages/client");
const compiler = path.join(root, "node_modules/@typescript/native/bin/tsc");

export interface ClientProject {
  readonly folder: string;
  /** Files of the tarball. */
  readonly packed: readonly { readonly path: string; readonly size: number }[];
  /** Checks `files` with `tsc --strict`, with the types of the client, and compiles them. Returns the compiler's errors. */
  compile(files: readonly string[], options: readonly string[]): Promise<readonly string[]>;
  /** Runs a compiled program and returns what it prints. @throws Error with its output */
  run(file: string, environment: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

/** npm without the settings of the npm that may have started the test. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

export async function installClient(): Promise<ClientProject> {
  // `npm test` has compiled it already; this takes a second then.
  await run(process.execPath, [compiler, "-b", source]);
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-project-"));
  const env = plainEnvironment();
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { cwd: source, env });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string; size: number }[] }];
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  const install = ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${filename}`];
  await run("npm", install, { cwd: folder, env });
  // The compiler and the types of Node, which such a project has anyway.
  await mkdir(path.join(folder, "node_modules/@types"), { recursive: true });
  await symlink(path.join(root, "node_modules/@types/node"), path.join(folder, "node_modules/@types/node"));
  const examples = path.join(folder, "node_modules/@pareidolia/client/examples");
  for (const name of await readdir(examples)) await cp(path.join(examples, name), path.join(folder, name));
  return {
    folder,
    packed: files,
    async compile(names, options) {
      const args = [compiler, "--strict", "--target", "es2022", ...options, ...names];
      const { stdout: printed } = await run(process.execPath, args, { cwd: folder }).catch((error: { readonly stdout: string }) => error);
      return printed.split("\n").filter((line) => /^\S.*error/.test(line));
    },
    async run(file, environment) {
      const { stdout: printed } = await run(process.execPath, [file], { cwd: folder, env: { PATH: process.env["PATH"], ...environment } });
      return printed;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
