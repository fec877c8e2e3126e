/** A ZIP archive in memory. */
import { writeZip } from "@pareidolia/archive/zip/writeZip";

export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const packed = Object.entries(files).map(([name, content]) => ({
    name,
    content: typeof content === "string" ? new TextEncoder().encode(content) : content,
    deflate: true,
  }));
  for await (const piece of writeZip(packed)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}
