"use client";
/** The images that a visit has loaded, freed when the page closes. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserImages, type CachedImage, ImageCache } from "./imageCache.ts";

interface CachedImages {
  readonly cache: ImageCache;
  readonly images: ReadonlyMap<string, CachedImage>;
}

const none: ReadonlyMap<string, CachedImage> = new Map();

export function useImageCache(): CachedImages {
  const [cache] = useState(() => new ImageCache(browserImages()));
  const images = useSyncExternalStore(cache.onChange, cache.images, () => none);
  useEffect(() => {
    window.addEventListener("online", cache.retry);
    return () => {
      window.removeEventListener("online", cache.retry);
      cache.want([]);
    };
  }, [cache]);
  return { cache, images };
}
