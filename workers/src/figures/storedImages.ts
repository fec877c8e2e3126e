/** Compares the row of an image with its file. */
import type { ByteImage } from "@pareidolia/core/image";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { decodePng } from "@pareidolia/images/png";
import { compareFigures, type Report } from "./finding.ts";

/** @throws for a file that is no PNG image. */
export function checkImageFile(row: RowOf<"images">, bytes: Uint8Array, report: Report): ByteImage {
  const image = decodePng(bytes);
  compareFigures(report, `the image ${row.sha256.slice(0, 12)}`, {
    "images.width": [row.width, image.width],
    "images.height": [row.height, image.height],
    "images.channels": [row.channels, image.channels],
    "images.byte_length": [row.byte_length, bytes.length],
  });
  return image;
}
