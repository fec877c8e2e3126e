/**
 * The stored images of tiles as bitmaps, decoded when they are first seen. Small tiles share small bitmaps, so a thousand images of
 * 256 x 256 do not fill the memory; whole ones are kept for the few tiles that are seen large.
 */
import type { PixelSource } from "../marks/pixelSource.ts";

const smallSide = 64;
const decodedAtOnce = 8;
const wholeKept = 96;
const smallKept = 2500;

interface Waiting {
  readonly key: string;
  readonly source: PixelSource;
  readonly small: boolean;
}

async function decode({ source, small }: Waiting): Promise<ImageBitmap> {
  const image = new Image();
  image.src = source.url;
  await image.decode();
  if (!small) return createImageBitmap(image);
  const shrink = smallSide / Math.max(source.width, source.height);
  return createImageBitmap(image, {
    resizeWidth: Math.max(1, Math.round(source.width * shrink)),
    resizeHeight: Math.max(1, Math.round(source.height * shrink)),
    resizeQuality: "high",
  });
}

export class TileBitmaps {
  readonly #arrived: () => void;
  readonly #bitmaps = new Map<string, ImageBitmap>();
  readonly #failed = new Set<string>();
  readonly #decoding = new Set<string>();
  #waiting: readonly Waiting[] = [];
  #closed = false;

  constructor(arrived: () => void) {
    this.#arrived = arrived;
  }

  /** What the tile can be drawn with now: the bitmap of its size, or the small one while the whole is on its way. */
  find(source: PixelSource, side: number): ImageBitmap | null {
    return this.#bitmaps.get(this.#want(source, side).key) ?? this.#bitmaps.get(`small ${source.url}`) ?? null;
  }

  /** Says which tiles are seen. What waits for a tile that is no longer seen is forgotten. */
  see(sources: readonly PixelSource[], side: number): void {
    const wanted = sources.map((source) => this.#want(source, side));
    this.#waiting = wanted.filter(({ key }) => !this.#bitmaps.has(key) && !this.#decoding.has(key) && !this.#failed.has(key));
    this.#forget(new Set(wanted.map(({ key }) => key)));
    this.#next();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    for (const bitmap of this.#bitmaps.values()) bitmap.close();
    this.#bitmaps.clear();
  }

  #want(source: PixelSource, side: number): Waiting {
    const small = side <= smallSide && Math.max(source.width, source.height) > smallSide;
    return { key: `${small ? "small" : "whole"} ${source.url}`, source, small };
  }

  #forget(seen: ReadonlySet<string>): void {
    for (const [kind, kept] of [
      ["whole", wholeKept],
      ["small", smallKept],
    ] as const) {
      const held = [...this.#bitmaps.keys()].filter((key) => key.startsWith(kind));
      const unseen = held.filter((key) => !seen.has(key));
      for (const key of unseen.slice(0, Math.max(0, held.length - kept))) {
        this.#bitmaps.get(key)?.close();
        this.#bitmaps.delete(key);
      }
    }
  }

  #next(): void {
    while (this.#decoding.size < decodedAtOnce) {
      const [first, ...rest] = this.#waiting;
      if (!first) return;
      this.#waiting = rest;
      this.#decoding.add(first.key);
      decode(first).then(
        (bitmap) => this.#settle(first.key, bitmap),
        () => this.#settle(first.key, null),
      );
    }
  }

  #settle(key: string, bitmap: ImageBitmap | null): void {
    this.#decoding.delete(key);
    if (this.#closed) {
      bitmap?.close();
      return;
    }
    if (bitmap) {
      this.#bitmaps.set(key, bitmap);
      this.#arrived();
    } else this.#failed.add(key);
    this.#next();
  }
}
