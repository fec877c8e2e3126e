/** A real S3 server for tests: the gateway of a small Ceph cluster on loopback. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { S3StoreOptions } from "@pareidolia/persistence/objectStores/s3Store";

const tools = fileURLToPath(new URL("../../../shared/tools", import.meta.url));
// Derived from the process ID, so that two test files can each have a server; a server needs two ports.
const folder = path.join(tmpdir(), `pareidolia-s3-${process.pid}`);
const port = 9710 + 2 * (process.pid % 40);
const run = promisify(execFile);

export interface S3Server extends Omit<S3StoreOptions, "bucket"> {
  stop(): Promise<void>;
}

/** @throws Error if it does not start. */
export async function startS3Server(): Promise<S3Server> {
  const { stdout } = await run(path.join(tools, "s3-up"), ["--install", "--store", "memstore", "--port", String(port), folder], {
    timeout: 110_000,
  });
  const settings = Object.fromEntries([...stdout.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const read = (name: string): string => {
    const value = settings[name];
    if (value === undefined) throw new Error(`The S3 server did not print its ${name}.`);
    return value;
  };
  return {
    endpoint: read("S3_ENDPOINT"),
    accessKey: read("S3_ACCESS_KEY"),
    secretKey: read("S3_SECRET_KEY"),
    region: read("S3_REGION"),
    stop: async () => void (await run(path.join(tools, "s3-down"), ["--purge", folder], { timeout: 60_000 })),
  };
}

export function freshBucket(): string {
  return `test-${randomBytes(6).toString("hex")}`;
}
