/** Loads an image and reports its progress. */
export async function loadImage(
  address: string,
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress(share: number): void },
): Promise<ImageBitmap> {
  const response = await fetch(address, { signal });
  if (!response.ok || response.body === null) throw new Error(`${address} returned status ${response.status}.`);
  const total = Number(response.headers.get("content-length") ?? 0);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    received += next.value.length;
    if (total > 0) onProgress(Math.min(1, received / total));
  }
  return createImageBitmap(new Blob(parts));
}
