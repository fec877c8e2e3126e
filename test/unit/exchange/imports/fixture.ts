/** What the tests of imports share: files that other programs wrote, and the images of what was read. */
import { readFile } from "node:fs/promises";
import type { ForeignData, ForeignImage } from "@pareidolia/exchange/imports/foreignData";

export async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`fixtures/${name}`, import.meta.url)));
}

/** For files without images of their own. */
export function noImage(): never {
  throw new Error("This file has no encoded images.");
}

/** The images of all runs. */
export async function imagesOf(data: ForeignData, skip: (what: string, reason: string) => void = () => {}): Promise<ForeignImage[]> {
  const images: ForeignImage[] = [];
  for (const run of data.runs) for await (const image of run.images(skip)) images.push(image);
  return images;
}
