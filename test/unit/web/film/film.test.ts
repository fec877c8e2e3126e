/** The film of a run: the generations that it shows, and its lossless file. */
import { inflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { ApngWriter } from "../../../../apps/web/src/features/film/encodeApng.ts";
import { pickGenerations, planFilm } from "../../../../apps/web/src/features/film/filmPlan.ts";

const width = 5;
const height = 3;
/** An opaque frame, different for each pair of arguments. */
function frameOf(seed: number, changed: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i < changed * 4 ? seed * 40 + i : i) % 256));
}

async function write(frames: readonly Uint8Array[]): Promise<Uint8Array> {
  const writer = new ApngWriter({ width, height, frames: frames.length });
  for (const [i, frame] of frames.entries()) await writer.add(frame, 100 + i);
  return Buffer.concat(writer.finish());
}

/** The frames in the file, read as the standard specifies: filter "up", chunks in order, consecutive sequence numbers. */
function readFrames(file: Uint8Array) {
  const bytes = Buffer.from(file);
  const read: { pixels: Uint8Array; delay: number[] }[] = [];
  let [count, plays, sequence] = [0, 0, 0];
  let delay: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
    if (type === "fcTL" || type === "fdAT") expect(data.readUInt32BE(0)).toBe(sequence++);
    if (type === "acTL") [count, plays] = [data.readUInt32BE(0), data.readUInt32BE(4)];
    if (type === "fcTL") delay = [data.readUInt16BE(20), data.readUInt16BE(22)];
    if (type !== "IDAT" && type !== "fdAT") continue;
    const rows = inflateSync(type === "IDAT" ? data : data.subarray(4));
    const pixels = new Uint8Array(width * height * 4);
    const stride = width * 4;
    for (let y = 0; y < height; y++) {
      expect(rows[y * (stride + 1)]).toBe(2);
      for (let x = 0; x < stride; x++)
        pixels[y * stride + x] = (rows[y * (stride + 1) + 1 + x] as number) + (y === 0 ? 0 : (pixels[(y - 1) * stride + x] as number));
    }
    read.push({ pixels, delay });
  }
  return { count, plays, read };
}

describe("the film's file", () => {
  it("restores every frame exactly, drawn over the one before, with its duration", async () => {
    const frames = [frameOf(0, 0), frameOf(1, 4), frameOf(2, 9), frameOf(2, 9)];
    const { count, plays, read } = readFrames(await write(frames));
    expect([count, plays]).toEqual([4, 1]);
    const shown = new Uint8Array(width * height * 4);
    for (const [i, frame] of frames.entries()) {
      const { pixels, delay } = read[i] ?? { pixels: new Uint8Array(), delay: [] };
      for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] === 255) shown.set(pixels.subarray(at, at + 4), at);
      expect([...shown], `frame ${i}`).toEqual([...frame]);
      expect(delay).toEqual([100 + i, 1000]);
    }
    expect(read.at(-1)?.pixels.every((value) => value === 0)).toBe(true);
  });

  it("shows its first frame in a viewer without animation", async () => {
    const first = frameOf(0, 0);
    expect([
      ...(await sharp(await write([first, frameOf(1, 4)]), { failOn: "warning" })
        .raw()
        .toBuffer()),
    ]).toEqual([...first]);
  });

  it("has the same bytes for the same frames", async () => {
    const frames = [frameOf(0, 0), frameOf(3, 7)];
    expect(Buffer.compare(await write(frames), await write(frames))).toBe(0);
  });

  it("cannot be finished before all frames are added", async () => {
    const writer = new ApngWriter({ width, height, frames: 2 });
    await writer.add(frameOf(0, 0), 10);
    expect(() => writer.finish()).toThrow("1 of 2 frames");
  });
});

describe("the film's generations", () => {
  it("are all generations of a short run; for a long run, the first, the last and evenly spaced ones between", () => {
    expect(pickGenerations(3, 60)).toEqual([0, 1, 2, 3]);
    const long = pickGenerations(5000, 60);
    expect([long.length, long[0], long.at(-1)]).toEqual([60, 0, 5000]);
    const steps = long.slice(1).map((generation, i) => generation - (long[i] as number));
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
  });

  it("are the only generation, or none", () => {
    expect(pickGenerations(0, 60)).toEqual([0]);
    expect(pickGenerations(-1, 60)).toEqual([]);
  });
});

describe("the film's plan", () => {
  it("shows ten digits as plaques of whole pixels, and a thousand classes as a sheet that fits a screen", () => {
    expect(planFilm(10, 28, 64)).toMatchObject({ kind: "plaques", columns: 5, side: 112 });
    const sheet = planFilm(1000, 224, 64);
    expect(sheet).toMatchObject({ kind: "sheet", columns: 40 });
    expect(sheet.width).toBeLessThan(1000);
    expect(sheet.height).toBeLessThan(800);
  });
});
