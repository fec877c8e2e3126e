/**
 * Ceph's S3 gateway from Debian's packages, on a cluster of one monitor and one storage daemon that keeps objects in memory. Everything is on
 * loopback and in one folder; requests are signed and checked as by any S3 server.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { S3Server } from "./s3Server.ts";

const run = promisify(execFile);

/** Programs of the packages radosgw, ceph-mon and ceph-osd, and of those on which they depend. */
export const cephPrograms = ["ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "ceph-authtool", "monmaptool"] as const;

/** The gateway makes these when they are first used, which delays requests by seconds. */
const pools = [
  ".rgw.root",
  "default.rgw.log",
  "default.rgw.control",
  "default.rgw.meta",
  "default.rgw.buckets.index",
  "default.rgw.buckets.data",
  "default.rgw.buckets.non-ec",
];

const capabilities = ["--cap", "mon", "allow *", "--cap", "osd", "allow *"];
const memoryBytes = 2 * 1024 ** 3;
const startTimeout = 90_000;
const stopTimeout = 15_000;

/** Ceph 18: one copy of everything, small pools, and a monitor that decides at once. */
function configuration(folder: string, { port, monitorPort }: { readonly port: number; readonly monitorPort: number }): string {
  const settings = {
    global: {
      fsid: randomUUID(),
      "mon host": `[v2:127.0.0.1:${monitorPort}/0]`,
      "public addr": "127.0.0.1",
      "cluster addr": "127.0.0.1",
      "ms bind msgr1": "false",
      "ms bind ipv6": "false",
      keyring: path.join(folder, "keyring"),
      "admin socket": "",
      "run dir": folder,
      "crash dir": folder,
      "log file": path.join(folder, "$type.log"),
      "osd pool default size": "1",
      "osd pool default min size": "1",
      "osd pool default pg num": "4",
      "osd pool default pg autoscale mode": "off",
      "osd crush chooseleaf type": "0",
      "rgw rados pool pg num min": "4",
    },
    mon: {
      "mon data": path.join(folder, "mon"),
      "mon allow pool size one": "true",
      "mon max pg per osd": "1000",
      "mon data avail warn": "1",
      "mon data avail crit": "0",
      "auth allow insecure global id reclaim": "false",
      "paxos propose interval": "0.05",
      "paxos min wait": "0.01",
    },
    osd: {
      "osd data": path.join(folder, "osd"),
      "osd objectstore": "memstore",
      "memstore device bytes": String(memoryBytes),
      "osd class load list": "*",
      "osd class default list": "*",
      "osd mclock skip benchmark": "true",
    },
    client: {
      "rgw data": path.join(folder, "gateway"),
      "rgw frontends": `beast endpoint=127.0.0.1:${port} tcp_nodelay=1`,
      "rgw dynamic resharding": "false",
      "rgw override bucket index max shards": "1",
      "rgw run sync thread": "false",
    },
  };
  return Object.entries(settings)
    .map(([section, values]) => [`[${section}]`, ...Object.entries(values).map(([name, value]) => `${name} = ${value}`), ""].join("\n"))
    .join("\n");
}

/** @throws Error with the last lines of its log if a part does not start. */
export async function startCephGateway({ folder, port }: { readonly folder: string; readonly port: number }): Promise<S3Server> {
  const monitorPort = port + 1;
  const started: ChildProcess[] = [];
  const [file, keyring, monitorMap] = ["ceph.conf", "keyring", "monmap"].map((name) => path.join(folder, name)) as [string, string, string];
  for (const part of ["mon", "osd", "gateway"]) await mkdir(path.join(folder, part), { recursive: true });
  await writeFile(file, configuration(folder, { port, monitorPort }), { mode: 0o600 });

  // Debian's build finds the plug-ins of the storage daemon by a path relative to the root.
  const call = (program: string, ...args: readonly string[]) =>
    run(program, [...args], { cwd: "/", timeout: startTimeout, maxBuffer: 2 ** 24 });
  const start = async (name: string, program: string, ...args: readonly string[]): Promise<void> => {
    const output = await open(path.join(folder, `${name}.out`), "a");
    const child = spawn(program, ["-c", file, ...args, "-f"], { cwd: "/", stdio: ["ignore", output.fd, output.fd] });
    started.push(child);
    await output.close();
  };
  const stop = async (): Promise<void> => {
    for (const child of started.toReversed()) await end(child);
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await call("ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *");
    for (const name of ["client.admin", "osd.0"]) await call("ceph-authtool", keyring, "--gen-key", "-n", name, ...capabilities);
    await call("monmaptool", "--create", "--addv", "a", `[v2:127.0.0.1:${monitorPort}]`, monitorMap);
    await call("ceph-mon", "-c", file, "-i", "a", "--mkfs", "--monmap", monitorMap, "--keyring", keyring);
    await start("mon", "ceph-mon", "-i", "a");
    const storageId = randomUUID();
    await call("ceph", "-c", file, "osd", "new", storageId);
    await call("ceph-osd", "-c", file, "-i", "0", "--mkfs", "--osd-uuid", storageId);
    await start("osd", "ceph-osd", "-i", "0");
    await createPools(file);
    const keys = { accessKey: "tests", secretKey: randomUUID() };
    const user = ["--uid", "tests", "--display-name", "Tests", "--access-key", keys.accessKey, "--secret-key", keys.secretKey];
    await call("radosgw-admin", "-c", file, "user", "create", ...user);
    await start("gateway", "radosgw", "-n", "client.admin");
    const endpoint = `http://127.0.0.1:${port}`;
    await untilAnswered(endpoint, started);
    return { endpoint, ...keys, region: "us-east-1", stop };
  } catch (error) {
    const logs = await Promise.all(["mon", "osd", "gateway"].map((name) => lastLines(path.join(folder, `${name}.out`))));
    await stop();
    throw new Error(`Ceph's S3 gateway does not start.\n${logs.join("\n")}`, { cause: error });
  }
}

/** In one session of the tool, which reads commands from its standard input. */
async function createPools(file: string): Promise<void> {
  const session = run("ceph", ["-c", file], { cwd: "/", timeout: startTimeout });
  session.child.stdin?.end(pools.map((pool) => `osd pool create ${pool} 4\nosd pool application enable ${pool} rgw\n`).join(""));
  await session;
}

async function untilAnswered(endpoint: string, processes: readonly ChildProcess[]): Promise<void> {
  for (const until = performance.now() + startTimeout; performance.now() < until; await delay(100)) {
    const ended = processes.find(({ exitCode }) => exitCode !== null);
    if (ended !== undefined) throw new Error(`${ended.spawnfile} ended with exit code ${ended.exitCode}.`);
    // Refused until the gateway listens.
    const status = await fetch(endpoint).then(
      (answer) => answer.status,
      () => null,
    );
    if (status === 200) return;
  }
  throw new Error(`${endpoint} does not answer.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const killing = setTimeout(() => child.kill("SIGKILL"), stopTimeout);
  await ended;
  clearTimeout(killing);
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-8).join("\n");
}
