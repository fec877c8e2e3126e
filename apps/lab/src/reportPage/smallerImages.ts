/** Replaces the PNG images of a page by lossless WebP where that is smaller: the report has to stay below the limit of tracked files. */
import { losslessWebp } from "@pareidolia/images/losslessWebp";

const embeddedPng = /data:image\/png;base64,([A-Za-z0-9+/=]+)/g;

export async function withSmallerImages(html: string): Promise<string> {
  const sources = new Map<string, string>();
  for (const [source, base64 = ""] of html.matchAll(embeddedPng)) {
    if (sources.has(source)) continue;
    const png = Buffer.from(base64, "base64");
    const webp = await losslessWebp(png);
    sources.set(source, webp.length < png.length ? `data:image/webp;base64,${Buffer.from(webp).toString("base64")}` : source);
  }
  return html.replace(embeddedPng, (source) => sources.get(source) ?? source);
}
