/** Sends a file while it is generated, as fast as the client reads it, so that its length does not matter. */
import { once } from "node:events";
import type { Response } from "express";

/** The first part is generated before the answer starts, so that a refusal has its own status. */
export async function sendParts(
  response: Response,
  parts: AsyncGenerator<string | Uint8Array, void>,
  { contentType, fileName }: { readonly contentType: string; readonly fileName: string },
): Promise<void> {
  const first = await parts.next();
  response.setHeader("Content-Type", contentType);
  response.setHeader("Content-Disposition", `attachment; filename="${fileName}"`);
  response.setHeader("Cache-Control", "no-store");
  for (let part = first; part.done !== true && !response.destroyed; part = await parts.next())
    if (!response.write(part.value)) await Promise.race([once(response, "drain"), once(response, "close")]);
  response.end();
}
