/** An archive is stored in parts, and any range of its bytes is found in them; images are read ahead of their use. */
import { createHash } from "node:crypto";
import { partsBetween } from "@pareidolia/api/archives/partsBetween";
import { readAhead } from "@pareidolia/workers/archives/readAhead";
import { storeParts } from "@pareidolia/workers/archives/storeParts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Stores pieces of these lengths in memory. */
async function stored(lengths: readonly number[], partBytes: number) {
  const pieces = lengths.map((length, index) => Uint8Array.from({ length }, (_, at) => (7 * index + at) % 251));
  const objects = new Map<string, Uint8Array>();
  async function* archive(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  const put = async (key: string, bytes: Uint8Array) => void objects.set(key, bytes.slice());
  const result = await storeParts(archive(), put, partBytes);
  return { result, objects, whole: new Uint8Array(Buffer.concat(pieces)) };
}

describe("an archive", () => {
  it("is put together again from its parts, in any range", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 17 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (lengths, partBytes, one, other) => {
          const { result, objects, whole } = await stored(lengths, partBytes);
          expect(result).toMatchObject({ sha256: sha256Of(whole), byteLength: whole.length });
          expect(result.parts.map(({ byteLength }) => byteLength)).toEqual(
            Array.from({ length: Math.ceil(whole.length / partBytes) }, (_, part) => Math.min(partBytes, whole.length - part * partBytes)),
          );
          for (const [key, bytes] of objects) expect(key).toBe(`files/${sha256Of(bytes)}`);
          if (whole.length === 0) return;
          const [first, last] = [one, other].map((share) => Math.floor(share * (whole.length - 1))).toSorted((a, b) => a - b) as [
            number,
            number,
          ];
          const slices = [...partsBetween(result.parts, { first, last })].map(({ part, from, to }) =>
            (objects.get(`files/${part.sha256}`) as Uint8Array).subarray(from, to),
          );
          expect(slices.every(({ length }) => length > 0)).toBe(true);
          expect(new Uint8Array(Buffer.concat(slices))).toEqual(whole.slice(first, last + 1));
        },
      ),
    );
  });

  it("needs the memory of one part", async () => {
    let largest = 0;
    async function* archive(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 1000; piece++) yield new Uint8Array(999).fill(piece % 256);
    }
    const put = async (_key: string, { length, buffer }: Uint8Array) => {
      largest = Math.max(largest, length, buffer.byteLength);
    };
    const { byteLength } = await storeParts(archive(), put, 4096);
    expect({ byteLength, largest }).toEqual({ byteLength: 999_000, largest: 4096 });
  });
});

describe("reading ahead", () => {
  const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);

  it("reads each key once, a few before they are requested", async () => {
    const started: string[] = [];
    const read = readAhead(
      keys,
      async (key) => {
        started.push(key);
        return new TextEncoder().encode(key);
      },
      3,
    );
    expect(new TextDecoder().decode(await read("key 0"))).toBe("key 0");
    expect(started).toEqual(["key 0", "key 1", "key 2"]);
    for (const key of keys.slice(1)) expect(new TextDecoder().decode(await read(key))).toBe(key);
    expect(started).toEqual(keys);
    expect(new TextDecoder().decode(await read("other"))).toBe("other");
  });

  it("gives the error of a key to the request for it", async () => {
    const read = readAhead(keys, async (key) => {
      if (key === "key 2") throw new Error("It is lost.");
      return new Uint8Array(1);
    });
    await read("key 0");
    await read("key 1");
    await expect(read("key 2")).rejects.toThrow("It is lost.");
    expect((await read("key 3")).length).toBe(1);
  });
});
