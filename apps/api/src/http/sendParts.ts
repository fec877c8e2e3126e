/** Sends a file while it is generated, as fast as the client reads it, so that its length does not matter. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";

/** The first part is generated before the answer starts, so that a refusal has its own status. A client that leaves ends the generation. */
export async function sendParts(
  response: Response,
  parts: AsyncGenerator<string | Uint8Array, void>,
  { contentType, fileName }: { readonly contentType: string; readonly fileName: string },
): Promise<void> {
  const first = await parts.next();
  async function* all(): AsyncGenerator<string | Uint8Array, void> {
    if (first.done !== true) yield first.value;
    yield* parts;
  }
  response.setHeader("Content-Type", contentType);
  response.setHeader("Content-Disposition", `attachment; filename="${fileName}"`);
  response.setHeader("Cache-Control", "no-store");
  await pipeline(Readable.from(all()), response).catch((error: unknown) => {
    if (!response.headersSent) throw error;
    response.destroy();
  });
}
