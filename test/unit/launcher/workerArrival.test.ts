import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { waitForHeartbeat } from "@pareidolia/launcher/workerArrival";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "pareidolia-heartbeat-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("the launcher ignores the heartbeat of an earlier worker, and waits for the first of the new one", async () => {
  const file = path.join(folder, "worker.heartbeat");
  writeFileSync(file, "an earlier worker");
  let arrived = false;
  const waiting = waitForHeartbeat(file, new AbortController().signal).then(() => {
    arrived = true;
  });
  await sleep(250);
  expect(arrived).toBe(false);
  writeFileSync(file, "the new worker");
  await waiting;
});

it("the launcher stops waiting for a worker when it is stopped", async () => {
  const stop = new AbortController();
  const waiting = waitForHeartbeat(path.join(folder, "worker.heartbeat"), stop.signal);
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
});
