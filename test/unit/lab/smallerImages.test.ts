import { encodeCompactPng } from "@pareidolia/images/compactPng";
import { withSmallerImages } from "@pareidolia/lab/reportPage/smallerImages";
import sharp from "sharp";
import { expect, it } from "vitest";

const side = 64;
const waves = Uint8Array.from({ length: side * side * 3 }, (_, at) => 128 + 90 * Math.sin(at / 97) + 30 * Math.sin((at * at) / 9000));

it("images of a page become smaller without a change of a pixel, and the rest of the page stays", async () => {
  const png = Buffer.from(encodeCompactPng({ width: side, height: side, channels: 3, pixels: waves })).toString("base64");
  const page = `<p>data:</p><img alt="one" src="data:image/png;base64,${png}"><img alt="two" src="data:image/png;base64,${png}">`;
  const smaller = await withSmallerImages(page);
  const [, base64 = ""] = /data:image\/webp;base64,([^"]+)/.exec(smaller) ?? [];
  expect(base64.length).toBeGreaterThan(0);
  expect(base64.length).toBeLessThan(png.length);
  expect(smaller).toBe(page.replaceAll(`data:image/png;base64,${png}`, `data:image/webp;base64,${base64}`));
  expect([...(await sharp(Buffer.from(base64, "base64")).removeAlpha().raw().toBuffer())]).toEqual([...waves]);
});
