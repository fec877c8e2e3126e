import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findHeartbeatProblem, touchHeartbeatFile } from "@pareidolia/workers/heartbeatFile";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;
let file: string;
const now = new Date("2026-01-01T12:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-heartbeat-"));
  file = path.join(folder, "heartbeat");
});
afterEach(() => rm(folder, { recursive: true }));

describe("the health check of a worker's container", () => {
  it("passes while heartbeats reach the database, and fails after 30 seconds without one", async () => {
    await touchHeartbeatFile(file);
    await utimes(file, before(29), before(29));
    expect(await findHeartbeatProblem(file, now)).toBeNull();
    await utimes(file, before(31), before(31));
    expect(await findHeartbeatProblem(file, now)).toBe("The worker's last heartbeat is 31 s old; the limit is 30 s.");
    await touchHeartbeatFile(file);
    expect(await findHeartbeatProblem(file, new Date())).toBeNull();
  });

  it("fails before the first heartbeat, and without the setting that names the file", async () => {
    expect(await findHeartbeatProblem(file, now)).toContain("has not reached the database yet");
    expect(await findHeartbeatProblem(undefined, now)).toContain("PAREIDOLIA_HEARTBEAT_FILE is not set");
  });
});
