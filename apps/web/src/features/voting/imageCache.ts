/**
 * Images that are loaded into memory ahead of their trials, in the order of the trials: addresses of blobs, which need no network later. On a
 * slow network, the images of the trial on the screen get all of it.
 */
import { fetchImage } from "./fetchImage.ts";

export type CachedImage =
  | {
      readonly state: "loaded";
      /** The address of a blob. */
      readonly source: string;
    }
  | { readonly state: "failed" };

interface ImageSource {
  /** @returns the address of a blob. @throws Error if the image cannot be loaded. */
  load(url: string): Promise<string>;
  release(source: string): void;
  wait(milliseconds: number): Promise<void>;
}

/** Enough to use a network while the server answers one of them; more would delay the next trial for a later one. */
const concurrentLoads = 2;
/** Browsers open about six connections to one host; votes need one too. */
const concurrentUrgent = 4;
/** Before each repetition, in milliseconds. A network that is lost for longer is reported to the voter. */
const pauses = [500, 1_500, 4_000] as const;

export class ImageCache {
  readonly #source: ImageSource;
  readonly #listeners = new Set<() => void>();
  readonly #loading = new Set<string>();
  #wanted: readonly string[] = [];
  #urgent: readonly string[] = [];
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

  /**
   * Loads these in order, again if they could not be loaded before, and frees all others.
   * @param urgent how many of the first are on the screen: no other starts to load before these are here.
   */
  want(urls: readonly string[], urgent = 0): void {
    this.#wanted = urls;
    this.#urgent = urls.slice(0, urgent);
    const wanted = new Set(urls);
    const isKept = ([url, { state }]: readonly [string, CachedImage]): boolean => wanted.has(url) && state === "loaded";
    const dropped = [...this.#images].filter((entry) => !isKept(entry));
    if (dropped.length > 0) {
      for (const [, image] of dropped) if (image.state === "loaded") this.#source.release(image.source);
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
    const open = this.#urgent.filter((url) => !this.#images.has(url));
    const most = open.length > 0 ? concurrentUrgent : concurrentLoads;
    for (const url of open.length > 0 ? open : this.#wanted) {
      if (this.#loading.size >= most) return;
      if (!this.#images.has(url) && !this.#loading.has(url)) void this.#load(url);
    }
  }

  async #load(url: string): Promise<void> {
    this.#loading.add(url);
    const image = await this.#loadPatiently(url, 0);
    this.#loading.delete(url);
    if (this.#wanted.includes(url)) this.#change(new Map([...this.#images, [url, image]]));
    else if (image.state === "loaded") this.#source.release(image.source);
    this.#loadNext();
  }

  async #loadPatiently(url: string, failures: number): Promise<CachedImage> {
    try {
      return { state: "loaded", source: await this.#source.load(url) };
    } catch {
      const pause = pauses[failures];
      if (pause === undefined) return { state: "failed" };
      await this.#source.wait(pause);
      return this.#wanted.includes(url) ? this.#loadPatiently(url, failures + 1) : { state: "failed" };
    }
  }
}

export function browserImages(): ImageSource {
  return {
    // Practice images are already here.
    load: async (url) => (url.startsWith("data:") ? url : URL.createObjectURL(await fetchImage(url))),
    release: (source) => URL.revokeObjectURL(source),
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  };
}
