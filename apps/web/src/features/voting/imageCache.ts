/** Images that are loaded into memory ahead of their trials: addresses of blobs, which need no network later. */

import { readPixelSize } from "./pixelSize.ts";

interface LoadedImage {
  /** The address of a blob. */
  readonly source: string;
  /** How many pixels of the file are one pixel of the image, in each direction. */
  readonly pixelSize: number;
}

export type CachedImage = ({ readonly state: "loaded" } & LoadedImage) | { readonly state: "failed" };

interface ImageSource {
  /** @throws Error if the image cannot be loaded. */
  load(url: string): Promise<LoadedImage>;
  release(image: LoadedImage): void;
}

/** Browsers open about six connections to one host; votes need one too. */
const concurrentLoads = 4;

export class ImageCache {
  readonly #source: ImageSource;
  readonly #listeners = new Set<() => void>();
  readonly #loading = new Set<string>();
  #wanted: readonly string[] = [];
  #images: ReadonlyMap<string, CachedImage> = new Map();

  constructor(source: ImageSource) {
    this.#source = source;
  }

  images = (): ReadonlyMap<string, CachedImage> => this.#images;

  /** Calls the listener after each change; returns a function that removes it. */
  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads these in order, again if they could not be loaded before, and frees all others. */
  want(urls: readonly string[]): void {
    this.#wanted = urls;
    const wanted = new Set(urls);
    const isKept = ([url, { state }]: readonly [string, CachedImage]): boolean => wanted.has(url) && state === "loaded";
    const dropped = [...this.#images].filter((entry) => !isKept(entry));
    if (dropped.length > 0) {
      for (const [, image] of dropped) if (image.state === "loaded") this.#source.release(image);
      this.#change(new Map([...this.#images].filter(isKept)));
    }
    this.#loadNext();
  }

  /** Loads again what could not be loaded. */
  retry = (): void => {
    this.#change(new Map([...this.#images].filter(([, { state }]) => state === "loaded")));
    this.#loadNext();
  };

  #change(images: ReadonlyMap<string, CachedImage>): void {
    this.#images = images;
    for (const listener of this.#listeners) listener();
  }

  #loadNext(): void {
    for (const url of this.#wanted) {
      if (this.#loading.size >= concurrentLoads) return;
      if (!this.#images.has(url) && !this.#loading.has(url)) void this.#load(url);
    }
  }

  async #load(url: string): Promise<void> {
    this.#loading.add(url);
    const image = await this.#source.load(url).then(
      (loaded): CachedImage => ({ state: "loaded", ...loaded }),
      (): CachedImage => ({ state: "failed" }),
    );
    this.#loading.delete(url);
    if (this.#wanted.includes(url)) this.#change(new Map([...this.#images, [url, image]]));
    else if (image.state === "loaded") this.#source.release(image);
    this.#loadNext();
  }
}

const timeoutMs = 25_000;

export function browserImages(): ImageSource {
  return {
    load: async (url) => {
      // Practice images are already here.
      if (url.startsWith("data:")) return { source: url, pixelSize: 1 };
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      if (!response.ok) throw new Error(`The image was answered with status ${response.status}.`);
      const file = await response.blob();
      return { source: URL.createObjectURL(file), pixelSize: await readPixelSize(file) };
    },
    release: ({ source }) => URL.revokeObjectURL(source),
  };
}
