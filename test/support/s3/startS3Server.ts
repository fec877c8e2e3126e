/**
 * A real S3 server for tests: the one that PAREIDOLIA_TEST_S3_* names, else MinIO in Docker where a daemon answers, else Ceph's gateway from
 * Debian's packages. Without any, the tests that need one are skipped with the reason.
 */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { startCephGateway } from "./cephGateway.ts";
import { findS3Source } from "./findS3Source.ts";
import { startMinio } from "./minio.ts";
import type { S3Server } from "./s3Server.ts";

const source = await findS3Source();

/** Why this machine has no S3 server for tests, which are then skipped with this reason: `describe("…", skippedFor(withoutS3), …)`. */
export const withoutS3 = source.kind === "none" ? source.reason : null;

// Derived from the process ID, so that two test files can each have a server; a server needs two ports.
const folder = path.join(tmpdir(), `pareidolia-s3-${process.pid}`);
const port = 9710 + 2 * (process.pid % 40);

/** @throws Error if it does not start. */
export async function startS3Server(): Promise<S3Server> {
  switch (source.kind) {
    case "own":
      return { ...source.server, stop: async () => undefined };
    case "docker":
      return startMinio({ port });
    case "ceph":
      return startCephGateway({ folder, port });
    case "none":
      throw new Error(source.reason);
  }
}

export function freshBucket(): string {
  return `test-${randomBytes(6).toString("hex")}`;
}
