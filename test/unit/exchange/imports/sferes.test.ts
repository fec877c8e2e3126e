/** Result folders of the released code, as a ZIP archive, and hostile archives. */

import { writeZip } from "@pareidolia/archive/zip/writeZip";
import { openForeign } from "@pareidolia/exchange/imports/openForeign";
import { decodePng, encodePng } from "@pareidolia/images/png";
import { describe, expect, it } from "vitest";
import { imagesOf } from "./fixture.ts";

async function zip(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const packed = Object.entries(files).map(([name, content]) => ({
    name,
    content: typeof content === "string" ? new TextEncoder().encode(content) : content,
    deflate: true,
  }));
  for await (const piece of writeZip(packed)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

const png = (grey: number) => encodePng({ width: 4, height: 4, channels: 1, pixels: new Uint8Array(16).fill(grey) });
const open = (bytes: Uint8Array) => openForeign({ bytes, fileName: "results.zip" }, decodePng);

const results = {
  "mmm/bestfit.dat": "0 0.1 0.15 0.3 10 0.05\n50 0.92 0.9 0.99999 3 0.4\n",
  // As stat_map_image.hpp prints it: the parent's ID only for individuals of this generation.
  "mmm/archive_0.dat": " 0 0.1 1 1\n 1 0.2 2 1\n",
  "mmm/archive_50.dat": " 0 0.99999 812 640\n 1 0.92 77\n 2 nan 90\n",
  "mmm/map_gen_0/map_0_0_0.1.png": png(1),
  "mmm/map_gen_50/map_50_1_0.92.png": png(20),
  "mmm/map_gen_50/map_50_0_0.99999.png": png(10),
  "mmm/map_gen_50/map_50_2_nan.png": png(30),
  "mmm/gen_50": "a checkpoint of the released code",
};

describe("result folders of the released code", () => {
  it("reads the cells of the last generation with class, fitness, ID and parent, and the curve", async () => {
    const data = await open(await zip(results));
    const [run] = data.runs;
    expect(data.format).toBe("sferes");
    expect(run?.name).toBe("mmm");
    expect(run?.metrics).toMatchObject({ cells: 3, fitnessMedian: 0.92, fitnessMinimum: 0.4 });
    expect(run?.curve).toEqual([
      { generation: 0, median: 0.1, mean: 0.15, minimum: 0.05, maximum: 0.3 },
      { generation: 50, median: 0.92, mean: 0.9, minimum: 0.4, maximum: 0.99999 },
    ]);
    const images = await imagesOf(data);
    expect(images.map(({ image, ...of }) => ({ grey: image.pixels[0], ...of }))).toEqual([
      { grey: 10, niche: 0, label: null, claimed: 0.99999, generation: 50, sourceId: "812", sourceParentId: "640" },
      { grey: 20, niche: 1, label: null, claimed: 0.92, generation: 50, sourceId: "77", sourceParentId: null },
      { grey: 30, niche: 2, label: null, claimed: null, generation: 50, sourceId: "90", sourceParentId: null },
    ]);
    expect(data.unmapped).toEqual(["mmm/gen_50"]);
    expect(data.warnings.join(" ")).toContain("1 images of generations before 50");
  });

  it("reads each folder as a run, and skips damaged images", async () => {
    const data = await open(
      await zip({ "a/map_gen_5/map_5_0_0.5.png": png(1), "b/map_gen_9/map_9_3_0.25.png": "no image", "c/bestfit.dat": "0 1 1 1 0 1\n" }),
    );
    expect(data.runs.map(({ sourceKey }) => sourceKey)).toEqual(["a", "b"]);
    const skipped: string[] = [];
    expect(await imagesOf(data, (what) => skipped.push(what))).toHaveLength(1);
    expect(skipped).toEqual(['"b/map_gen_9/map_9_3_0.25.png"']);
    expect(data.skipped).toEqual([{ what: "c", reason: "it has tables and no images of cells" }]);
  });

  it.each([
    ["damaged tables", { "m/map_gen_1/map_1_0_0.5.png": png(1), "m/archive_1.dat": "0 0.5 1 2 3\n" }, /not class, fitness/],
    ["a class twice", { "m/map_gen_1/map_1_0_0.5.png": png(1), "m/archive_1.dat": "0 0.5\n0 0.6\n" }, /class 0 occurs twice/],
    ["a damaged curve", { "m/map_gen_1/map_1_0_0.5.png": png(1), "m/bestfit.dat": "0 0.5\n" }, /not generation, median/],
    ["a way out of the folder", { "../../etc/map_1_0_0.5.png": png(1) }, /not a valid name of a file/],
    ["an absolute name", { "/etc/map_1_0_0.5.png": png(1) }, /not a valid name of a file/],
    ["an archive of other files", { "readme.md": "hello" }, /cannot be imported/],
  ])("refuses %s", async (_, files, message) => {
    await expect(open(await zip(files as Record<string, string | Uint8Array>))).rejects.toThrow(message);
  });

  it("refuses an archive that unpacks to too much, or whose sizes are wrong", async () => {
    const bomb = await zip({ "m/map_gen_1/map_1_0_0.5.png": png(1) });
    const view = new DataView(bomb.buffer);
    // The unpacked size in the directory.
    const directory = view.getUint32(bomb.length - 6, true);
    view.setUint32(directory + 24, 0xfffffff0, true);
    await expect(open(bomb)).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    await expect(open((await zip(results)).subarray(0, 500))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });
});
