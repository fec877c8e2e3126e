import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { keepOperations } from "@pareidolia/launcher/home/keptOperations";
import { afterEach, beforeEach, expect, it } from "vitest";

let home: string;
let built: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "pareidolia-operations-"));
  built = path.join(home, "built.json");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function start(version: string): Promise<string[]> {
  writeFileSync(built, version);
  return (await keepOperations(home, built)).map((file) => readFileSync(file, "utf8"));
}

it("the API gets the operations of the build and of the previous version, however often both start", async () => {
  expect(await start("1")).toEqual(["1"]);
  expect(await start("1")).toEqual(["1"]);
  expect(await start("2")).toEqual(["2", "1"]);
  expect(await start("2")).toEqual(["2", "1"]);
  expect(await start("3")).toEqual(["3", "2"]);
});

it("for a build without operations, the error names the file", async () => {
  await expect(keepOperations(home, path.join(home, "missing.json"))).rejects.toThrow("missing.json");
});
