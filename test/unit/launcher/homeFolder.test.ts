/** Unusable data folders: the error names the folder and what to do. */
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openHomeFolder } from "@pareidolia/launcher/home/homeFolder";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { skippedFor } from "../../support/skippedFor.ts";

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

  it("is closed to other users of the machine, as folders of earlier versions are at the next start", async () => {
    const home = path.join(scratch, "old");
    await mkdir(path.join(home, "logs"), { recursive: true });
    await mkdir(path.join(home, "objects"));
    const files = ["database.json", "logs/worker.log"].map((name) => path.join(home, name));
    for (const file of files) await writeFile(file, "");
    for (const place of [home, `${home}/logs`, `${home}/objects`]) await chmod(place, 0o755);
    for (const file of files) await chmod(file, 0o644);
    await openHomeFolder(home);
    const modeOf = async (place: string) => (await stat(place)).mode & 0o777;
    // The database of root's systems runs as another user.
    expect(await modeOf(home)).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);
    expect(await Promise.all([`${home}/logs`, `${home}/objects`].map(modeOf))).toEqual([0o700, 0o700]);
    expect(await Promise.all(files.map(modeOf))).toEqual([0o600, 0o600]);
  });

  it("is rejected if it is a file, which is left in place", async () => {
    const home = path.join(scratch, "file");
    await writeFile(home, "precious");
    await expect(openHomeFolder(home)).rejects.toThrow(`${home} is a file`);
    await expect(openHomeFolder(path.join(home, "below"))).rejects.toThrow("PAREIDOLIA_HOME=/path npm start");
  });

  it(
    "is rejected without hanging where the system allows no folders",
    skippedFor(existsSync("/proc/self") ? null : "no /proc"),
    async () => {
      await expect(openHomeFolder("/proc/pareidolia")).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringContaining("/proc/pareidolia"),
      });
    },
  );
});
