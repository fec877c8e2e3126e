/** Fetches and decodes a stored image once per page, for the pixel inspector, the histogram and the comparison. */
import type { ByteImage } from "@pareidolia/core/image";
import { useEffect, useState } from "react";
import { readStoredPixels } from "./storedPixels.ts";

export type StoredImage =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly image: ByteImage }
  | { readonly kind: "failed"; readonly reason: string };

async function fetchPixels(url: string, signal: AbortSignal): Promise<ByteImage> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`The image store answered ${response.status}.`);
  return readStoredPixels(new Uint8Array(await response.arrayBuffer()));
}

export function useStoredImage(url: string): StoredImage {
  const [stored, setStored] = useState<StoredImage>({ kind: "loading" });
  useEffect(() => {
    const controller = new AbortController();
    setStored({ kind: "loading" });
    fetchPixels(url, controller.signal).then(
      (image) => setStored({ kind: "ready", image }),
      (cause: unknown) => {
        if (!controller.signal.aborted) setStored({ kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) });
      },
    );
    return () => controller.abort();
  }, [url]);
  return stored;
}
