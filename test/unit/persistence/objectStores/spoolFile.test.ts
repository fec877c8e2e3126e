/** Temporary files of uploads. */
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { spoolFile } from "@pareidolia/persistence/server/objectStores/spoolFile";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-spool-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function* body(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3]);
}

it("of killed processes are removed after two days, and others stay", async () => {
  const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1_000);
  for (const [name, age] of [
    ["pareidolia-upload-dead", 2.1],
    ["pareidolia-upload-working", 1.9],
    ["other", 3],
  ] as const) {
    await writeFile(path.join(folder, name), "1");
    await utimes(path.join(folder, name), days(age), days(age));
  }
  const { file } = await spoolFile(body(), { longest: 3 });
  expect((await readdir(folder)).sort()).toEqual(["other", "pareidolia-upload-working", path.basename(file)].sort());
});
