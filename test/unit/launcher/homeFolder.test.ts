/** Unusable data folders: the error names the folder and what to do. */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openHomeFolder } from "@pareidolia/launcher/home/homeFolder";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), "pareidolia-home-"));
});
afterEach(() => rm(scratch, { recursive: true }));

describe("the data folder", () => {
  it("is created with its parents, contains only a folder for logs, and can be opened again", async () => {
    const home = path.join(scratch, "one", "two");
    await openHomeFolder(home);
    await openHomeFolder(home);
    expect(await readdir(home)).toEqual(["logs"]);
  });

  it("is rejected if it is a file, which is left in place", async () => {
    const home = path.join(scratch, "file");
    await writeFile(home, "precious");
    await expect(openHomeFolder(home)).rejects.toThrow(`${home} is a file`);
    await expect(openHomeFolder(path.join(home, "below"))).rejects.toThrow("PAREIDOLIA_HOME=/path npm start");
  });

  it.skipIf(!existsSync("/proc/self"))("is rejected without hanging where the system allows no folders", async () => {
    await expect(openHomeFolder("/proc/pareidolia")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("/proc/pareidolia"),
    });
  });
});
