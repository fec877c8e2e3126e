/** The built chunks ask browsers to compile them at once. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileHint, compileOnLoad } from "../../../apps/web/compileOnLoad.ts";

let built: string;
const chunk = (name: string) => path.join(built, "static", "chunks", name);

beforeAll(async () => {
  built = await mkdtemp(path.join(tmpdir(), "pareidolia-chunks-"));
  await mkdir(chunk("pages"), { recursive: true });
  for (const [name, text] of [
    ["one.js", "push(1);"],
    ["pages/two.js", "push(2);"],
    ["one.js.map", "{}"],
    ["one.css", "a {}"],
  ] as const)
    await writeFile(chunk(name), text);
});
afterAll(() => rm(built, { recursive: true }));

it("puts the comment on top of every script once, and leaves other files alone", async () => {
  await compileOnLoad(built);
  await compileOnLoad(built);
  const read = (name: string) => readFile(chunk(name), "utf8");
  expect(compileHint).toBe("//# allFunctionsCalledOnLoad\n");
  expect(await read("one.js")).toBe(`${compileHint}push(1);`);
  expect(await read("pages/two.js")).toBe(`${compileHint}push(2);`);
  expect(await read("one.js.map")).toBe("{}");
  expect(await read("one.css")).toBe("a {}");
});
