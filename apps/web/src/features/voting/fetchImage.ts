/** Fetches an image as long as bytes arrive: on a slow network it takes what it takes, and only a silent one fails. */

/** Milliseconds without a byte. */
const maxSilence = 20_000;

/** @throws Error for another status than 200, and for a network that is lost or silent. */
export async function fetchImage(url: string, silence = maxSilence): Promise<Blob> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepWaiting = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error("The server sent nothing more.")), silence);
  };
  keepWaiting();
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) throw new Error(`The image was answered with status ${response.status}.`);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const reader = response.body.getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      keepWaiting();
      if (value !== undefined) parts.push(value);
    }
    return new Blob(parts, { type: response.headers.get("content-type") ?? "" });
  } finally {
    clearTimeout(timer);
  }
}
