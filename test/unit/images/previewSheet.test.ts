/** The sheet of an experiment's best images that previews of links show. */
import { drawPreviewSheet, layOutPreview, maxPreviewImages, previewSize } from "@pareidolia/images/previewSheet";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

const paintGrey = (side: number, value: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r: value, g: value, b: value } } })
    .png()
    .toBuffer()
    .then((png) => ({ png, width: side, height: side }));

async function readPixels(sheet: Uint8Array) {
  const { data, info } = await sharp(Buffer.from(sheet)).raw().toBuffer({ resolveWithObject: true });
  return { info, at: (x: number, y: number) => data[(y * info.width + x) * info.channels] };
}

describe("layOutPreview", () => {
  it.each(Array.from({ length: maxPreviewImages }, (_, index) => index + 1))("places %i images side by side within the sheet", (count) => {
    const cells = layOutPreview(count);
    expect(cells).toHaveLength(count);
    for (const [index, { x, y, side }] of cells.entries()) {
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect([x + side < previewSize.width, y + side < previewSize.height]).toEqual([true, true]);
      for (const other of cells.slice(index + 1)) expect(Math.max(Math.abs(other.x - x), Math.abs(other.y - y))).toBeGreaterThan(side);
    }
  });

  it("uses more columns than rows, and centres the last row", () => {
    const cells = layOutPreview(10);
    expect(new Set(cells.map(({ y }) => y)).size).toBe(2);
    const [only] = layOutPreview(7).slice(-1);
    expect(only).toBeDefined();
    const lastRow = layOutPreview(7).filter(({ y }) => y === only?.y);
    const first = lastRow[0]?.x ?? 0;
    expect(Math.abs(first - (previewSize.width - (only?.x ?? 0) - (only?.side ?? 0)))).toBeLessThanOrEqual(1);
  });
});

describe("drawPreviewSheet", () => {
  it("enlarges small images by whole pixels, in the order given", async () => {
    const { info, at } = await readPixels(
      await drawPreviewSheet(await Promise.all([10, 60, 110, 160].map((value) => paintGrey(28, value)))),
    );
    expect([info.width, info.height]).toEqual([previewSize.width, previewSize.height]);
    const centres = layOutPreview(4).map(({ x, y, side }) => at(x + side / 2, y + side / 2));
    expect(centres).toEqual([10, 60, 110, 160]);
    const [first] = layOutPreview(4);
    const drawn = Math.floor((first?.side ?? 0) / 28) * 28;
    const left = (first?.x ?? 0) + Math.floor(((first?.side ?? 0) - drawn) / 2);
    const middle = Math.round((first?.y ?? 0) + (first?.side ?? 0) / 2);
    expect([at(left - 1, middle), at(left, middle), at(left + drawn - 1, middle), at(left + drawn, middle)]).toEqual([251, 10, 10, 251]);
  });

  it("shrinks large images, and leaves out those for which there is no place", async () => {
    const images = [
      await paintGrey(512, 40),
      ...(await Promise.all(Array.from({ length: maxPreviewImages + 8 }, () => paintGrey(8, 200)))),
    ];
    const { at } = await readPixels(await drawPreviewSheet(images));
    const cells = layOutPreview(maxPreviewImages);
    expect(cells.map(({ x, y, side }) => at(x + Math.floor(side / 2), y + Math.floor(side / 2)))).toEqual([
      40,
      ...new Array(maxPreviewImages - 1).fill(200),
    ]);
  });
});
