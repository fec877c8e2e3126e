/** Reads objects ahead of their use: a store answers in milliseconds, and a release has tens of thousands of images. */

const maxAhead = 8;

/**
 * @param keys in the order of their requests.
 * @returns the reader; a key that was read is forgotten.
 */
export function readAhead(
  keys: readonly string[],
  read: (key: string) => Promise<Uint8Array>,
  ahead = maxAhead,
): (key: string) => Promise<Uint8Array> {
  const places = new Map(keys.map((key, place) => [key, place]));
  const started = new Map<string, Promise<Uint8Array>>();
  return (key) => {
    const place = places.get(key);
    if (place === undefined) return read(key);
    for (const next of keys.slice(place, place + ahead)) {
      if (started.has(next)) continue;
      const reading = read(next);
      // Its error is that of the request for it, which may never come.
      reading.catch(() => undefined);
      started.set(next, reading);
    }
    const found = started.get(key) as Promise<Uint8Array>;
    started.delete(key);
    return found;
  };
}
