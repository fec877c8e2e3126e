/** Rotation of the processes' logs. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openLog } from "@pareidolia/launcher/processes/log";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-logs-"));
});
afterEach(() => rm(folder, { recursive: true }));

const failures: Error[] = [];
const open = (largest: number) => openLog(folder, "worker", (error) => failures.push(error), largest);
const read = (name: string) => readFile(path.join(folder, name), "utf8").catch(() => "");

it("the log starts a new file when it is full, and keeps one earlier file", async () => {
  const log = open(2_000);
  for (let i = 0; i < 100; i++) log(`line ${i}`);
  await expect.poll(() => read("worker.log")).toContain("line 99");
  await expect.poll(() => read("worker.log.1")).not.toBe("");
  expect((await readdir(folder)).sort()).toEqual(["worker.log", "worker.log.1"]);
  for (const name of ["worker.log", "worker.log.1"]) expect((await read(name)).length).toBeLessThan(2_100);
  // Both files together hold the last lines without a gap.
  const numbers = [...`${await read("worker.log.1")}${await read("worker.log")}`.matchAll(/line (\d+)/g)].map(([, number]) =>
    Number(number),
  );
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => 100 - numbers.length + i));
  expect(failures).toEqual([]);
});

it("the log counts the bytes that an earlier process wrote", async () => {
  await writeFile(path.join(folder, "worker.log"), "x".repeat(1_990));
  const log = open(2_000);
  log("first");
  log("second");
  await expect.poll(() => read("worker.log")).toContain("second");
  expect(await read("worker.log")).not.toContain("first");
  expect(await read("worker.log.1")).toContain("first");
});
