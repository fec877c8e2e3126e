import type { ByteImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { figureHtml } from "@pareidolia/lab/reportPage/figureHtml";
import { shownImage, shownSide } from "@pareidolia/lab/reportPage/shownImage";
import { describe, expect, it } from "vitest";

function image(side: number, valueAt: (x: number, y: number) => number): ByteImage {
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => valueAt(i % side, Math.floor(i / side)));
  return { width: side, height: side, channels: 1, pixels };
}

describe("an image on the report's page", () => {
  it("is unchanged if it is small", () => {
    const digit = image(28, (x, y) => x + y);
    expect(shownImage(digit, "whole")).toBe(digit);
    expect(shownImage(digit, "cut")).toBe(digit);
  });

  it("has the mean of the covered pixels at each displayed pixel", () => {
    const shown = shownImage(
      image(2 * shownSide, (x, y) => (x % 2) * 100 + (y % 2) * 50),
      "whole",
    );
    expect([shown.width, shown.height]).toEqual([shownSide, shownSide]);
    expect(new Set(shown.pixels)).toEqual(new Set([75]));
  });

  it("keeps its mean if the sides do not divide evenly", () => {
    const shown = shownImage(
      image(227, (x) => x),
      "whole",
    );
    expect(shown.width).toBe(shownSide);
    const mean = shown.pixels.reduce((sum, value) => sum + value, 0) / shown.pixels.length;
    expect(mean).toBeCloseTo(113, 0);
    expect([...shown.pixels.subarray(0, shownSide)]).toEqual([...shown.pixels.subarray(0, shownSide)].sort((a, b) => a - b));
  });

  it("is its centre, pixel by pixel, if it is cut", () => {
    const shown = shownImage(
      image(shownSide + 10, (x) => x),
      "cut",
    );
    expect([...shown.pixels.subarray(0, 3)]).toEqual([5, 6, 7]);
    expect(shown.pixels).toHaveLength(shownSide * shownSide);
  });

  it("has a note on its reduction, and contains only the displayed pixels", () => {
    const large = image(224, (x) => x);
    const figure = (view: "whole" | "cut") =>
      figureHtml({ kind: "images", title: "t", caption: "c.", images: [{ image: large, caption: "x", view }] });
    expect(figure("whole")).toContain("96 of 224 pixels per side, each the mean");
    expect(figure("cut")).toContain("the central 96 x 96 pixels at full size");
    expect(figureHtml({ kind: "images", title: "t", caption: "c.", images: [{ image: image(28, () => 0), caption: "x" }] })).not.toContain(
      "Shown",
    );
    const encoded = /base64,([^"]+)/.exec(figure("whole"))?.[1] ?? "";
    expect(decodePng(Buffer.from(encoded, "base64"))).toEqual(shownImage(large, "whole"));
  });
});
