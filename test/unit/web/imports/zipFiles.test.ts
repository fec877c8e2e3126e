/** The archive of a dropped folder, read by the reader of imports. */

import { readWhole } from "@pareidolia/archive/archiveFiles";
import { readZip } from "@pareidolia/archive/zip/readZip";
import { openForeign } from "@pareidolia/exchange/imports/openForeign";
import { decodePng, encodePng } from "@pareidolia/images/png";
import { describe, expect, it } from "vitest";
import { toOneFile } from "../../../../apps/web/src/features/imports/chosenFiles.ts";
import { zipFiles } from "../../../../apps/web/src/features/imports/zipFiles.ts";

const file = (text: string, name = "x") => new File([text], name);

async function unpacked(archive: Blob): Promise<Record<string, string>> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const read = (at: number, length: number) => Promise.resolve(bytes.subarray(at, at + length));
  const files = await readZip({ size: bytes.length, read }, { files: 10, bytes: 1_000, checkName: () => {} });
  const entries = [...files.values()].map(
    async (each) => [Buffer.from(each.name, "latin1").toString(), Buffer.from(await readWhole(each, 100)).toString()] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

describe("a dropped folder", () => {
  it("becomes an archive with every path and byte, the same each time", async () => {
    const folder = [
      { path: "results/map_gen_5/map_5_0_0.5.png", file: file("an image") },
      { path: "results/naïve.dat", file: file("") },
    ];
    const archive = await zipFiles(folder);
    expect(await unpacked(archive)).toEqual({ "results/map_gen_5/map_5_0_0.5.png": "an image", "results/naïve.dat": "" });
    expect(new Uint8Array(await (await zipFiles(folder)).arrayBuffer())).toEqual(new Uint8Array(await archive.arrayBuffer()));
    expect((await toOneFile(folder)).name).toBe("results.zip");
  });

  it("keeps its name when it is imported, also with letters that ASCII lacks", async () => {
    const png = encodePng({ width: 4, height: 4, channels: 1, pixels: new Uint8Array(16) });
    const archive = await zipFiles([{ path: "versuch-ä/map_gen_5/map_5_0_0.5.png", file: new Blob([new Uint8Array(png)]) }]);
    const data = await openForeign({ bytes: new Uint8Array(await archive.arrayBuffer()), fileName: "versuch.zip" }, decodePng);
    expect(data.runs.map(({ name, imageCount }) => [name, imageCount])).toEqual([["versuch-ä", 1]]);
  });

  it("is not packed if it is one file, and refused if it is empty", async () => {
    const one = await toOneFile([{ path: "runs.csv", file: file("a,b\n1,2\n", "runs.csv") }]);
    expect([one.name, await one.text()]).toEqual(["runs.csv", "a,b\n1,2\n"]);
    await expect(toOneFile([])).rejects.toThrow("The folder has no files.");
  });
});
