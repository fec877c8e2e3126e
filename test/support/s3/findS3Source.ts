/** Where tests get an S3 server from, on this machine. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { cephPrograms } from "./cephGateway.ts";
import { pullMinio } from "./minio.ts";
import type { S3Server } from "./s3Server.ts";

export type S3Source =
  | { readonly kind: "own"; readonly server: Omit<S3Server, "stop"> }
  | { readonly kind: "docker" }
  | { readonly kind: "ceph" }
  | { readonly kind: "none"; readonly reason: string };

const run = promisify(execFile);
const installTimeout = 100_000;
const packages = ["radosgw", "ceph-mon", "ceph-osd"];

export async function findS3Source(env: NodeJS.ProcessEnv = process.env): Promise<S3Source> {
  const own = readOwnServer(env);
  if (own !== null) return { kind: "own", server: own };
  if (await pullMinio()) return { kind: "docker" };
  if (await hasCeph()) return { kind: "ceph" };
  const isInstallable = process.getuid?.() === 0 && (await isDebian());
  if (isInstallable && (await installCeph()) && (await hasCeph())) return { kind: "ceph" };
  const remedy = isInstallable ? "connect to the network, so that apt-get can install" : "install";
  return { kind: "none", reason: `no S3 server: set PAREIDOLIA_TEST_S3_ENDPOINT, start Docker, or ${remedy} ${packages.join(", ")}` };
}

/** @throws Error for an endpoint without keys. */
function readOwnServer(env: NodeJS.ProcessEnv): Omit<S3Server, "stop"> | null {
  const endpoint = env["PAREIDOLIA_TEST_S3_ENDPOINT"];
  if (endpoint === undefined || endpoint === "") return null;
  const [accessKey, secretKey] = [env["PAREIDOLIA_TEST_S3_ACCESS_KEY"], env["PAREIDOLIA_TEST_S3_SECRET_KEY"]];
  if (accessKey === undefined || secretKey === undefined)
    throw new Error("PAREIDOLIA_TEST_S3_ENDPOINT needs PAREIDOLIA_TEST_S3_ACCESS_KEY and PAREIDOLIA_TEST_S3_SECRET_KEY.");
  return { endpoint, accessKey, secretKey, region: env["PAREIDOLIA_TEST_S3_REGION"] ?? "us-east-1" };
}

async function hasCeph(): Promise<boolean> {
  return (await Promise.all(cephPrograms.map(isFound))).every(Boolean);
}

async function isFound(program: string): Promise<boolean> {
  return run("sh", ["-c", 'command -v "$1"', "sh", program]).then(
    () => true,
    () => false,
  );
}

async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) && (await isFound("apt-get"));
}

/**
 * Waits for other tests that install. The packages' own services stay off, as in the first run level. A bare Debian has no list of packages.
 * False if they cannot be installed.
 */
async function installCeph(): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const aptGet = (...args: readonly string[]): Promise<boolean> =>
    run("apt-get", ["-o", "DPkg::Lock::Timeout=100", "-qq", ...args], { env, timeout: installTimeout, maxBuffer: 2 ** 24 }).then(
      () => true,
      () => false,
    );
  const install = () => aptGet("install", "-y", "--no-install-recommends", ...packages);
  return (await install()) || ((await aptGet("update")) && install());
}
