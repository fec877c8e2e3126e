/** Renders a downloaded genome document with only the shared packages, without server or database, and returns the image's hash. */
import { createHash } from "node:crypto";
import { type ImageShape, quantiseImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { getEncoding } from "@pareidolia/encodings/registry";
import { encodePng } from "@pareidolia/images/png";

interface GenomeDocument {
  readonly encoding: string;
  readonly image: ImageShape;
  readonly parameters: Parameters;
  readonly genome: unknown;
}

export function redrawGenome(json: string): string {
  const { encoding: id, image, parameters, genome } = JSON.parse(json) as GenomeDocument;
  const encoding = getEncoding(id).create(image, parameters);
  const png = encodePng(quantiseImage(encoding.decode(encoding.fromJson(genome))));
  return createHash("sha256").update(png).digest("hex");
}
