/**
 * A cache of the tiles' images as bitmaps, decoded when tiles become visible. Small tiles use reduced bitmaps, so that 1,000 images of
 * 256 x 256 do not fill the memory; full bitmaps are kept only for the few tiles that are shown large.
 */
import type { PixelSource } from "../marks/pixelSource.ts";

const smallSide = 64;
/** Number of images decoded in parallel. */
const maxDecoding = 8;
/** Numbers of bitmaps in the cache. */
const maxFull = 96;
const maxSmall = 2500;

interface BitmapRequest {
  readonly key: string;
  readonly source: PixelSource;
  readonly isSmall: boolean;
}

async function decode({ source, isSmall }: BitmapRequest): Promise<ImageBitmap> {
  const image = new Image();
  image.src = source.url;
  await image.decode();
  if (!isSmall) return createImageBitmap(image);
  const scale = smallSide / Math.max(source.width, source.height);
  return createImageBitmap(image, {
    resizeWidth: Math.max(1, Math.round(source.width * scale)),
    resizeHeight: Math.max(1, Math.round(source.height * scale)),
    resizeQuality: "high",
  });
}

export class TileBitmaps {
  readonly #onLoad: () => void;
  readonly #bitmaps = new Map<string, ImageBitmap>();
  readonly #failed = new Set<string>();
  readonly #decoding = new Set<string>();
  #queue: readonly BitmapRequest[] = [];
  #closed = false;

  constructor(onLoad: () => void) {
    this.#onLoad = onLoad;
  }

  /** The bitmap for a tile of this size, or the small one while the full one loads; null if there is none. */
  find(source: PixelSource, side: number): ImageBitmap | null {
    return this.#bitmaps.get(this.#requestOf(source, side).key) ?? this.#bitmaps.get(`small ${source.url}`) ?? null;
  }

  /** Loads the bitmaps of the visible tiles. Queued requests for other tiles are dropped. */
  load(sources: readonly PixelSource[], side: number): void {
    const requests = sources.map((source) => this.#requestOf(source, side));
    this.#queue = requests.filter(({ key }) => !this.#bitmaps.has(key) && !this.#decoding.has(key) && !this.#failed.has(key));
    this.#evict(new Set(requests.map(({ key }) => key)));
    this.#next();
  }

  close(): void {
    this.#closed = true;
    this.#queue = [];
    for (const bitmap of this.#bitmaps.values()) bitmap.close();
    this.#bitmaps.clear();
  }

  #requestOf(source: PixelSource, side: number): BitmapRequest {
    const isSmall = side <= smallSide && Math.max(source.width, source.height) > smallSide;
    return { key: `${isSmall ? "small" : "full"} ${source.url}`, source, isSmall };
  }

  #evict(visible: ReadonlySet<string>): void {
    for (const [kind, max] of [
      ["full", maxFull],
      ["small", maxSmall],
    ] as const) {
      const cached = [...this.#bitmaps.keys()].filter((key) => key.startsWith(kind));
      const hidden = cached.filter((key) => !visible.has(key));
      for (const key of hidden.slice(0, Math.max(0, cached.length - max))) {
        this.#bitmaps.get(key)?.close();
        this.#bitmaps.delete(key);
      }
    }
  }

  #next(): void {
    while (this.#decoding.size < maxDecoding) {
      const [first, ...rest] = this.#queue;
      if (!first) return;
      this.#queue = rest;
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
      this.#onLoad();
    } else this.#failed.add(key);
    this.#next();
  }
}
