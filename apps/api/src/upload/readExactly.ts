/** Reads a short body of a known length into memory. */
import { wrongSize } from "@pareidolia/persistence/server/objectStores/postedFiles";

/** @throws AppError INVALID_INPUT if the body is longer or shorter. */
export async function readExactly(body: AsyncIterable<Uint8Array>, byteLength: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(byteLength);
  let received = 0;
  for await (const chunk of body) {
    if (received + chunk.length > byteLength) throw wrongSize(byteLength);
    bytes.set(chunk, received);
    received += chunk.length;
  }
  if (received < byteLength) throw wrongSize(byteLength);
  return bytes;
}
