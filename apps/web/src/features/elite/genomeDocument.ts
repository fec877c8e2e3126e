/** A genome document as the API hands it out and the JSON download holds it: enough to draw the genome again. */
import type { Encoding } from "@pareidolia/core/encoding";
import type { ImageShape } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { getEncoding } from "@pareidolia/encodings/registry";

interface GenomeDocument {
  readonly encoding: string;
  readonly image: ImageShape;
  readonly parameters: Parameters;
  readonly genome: unknown;
}

export interface OpenedGenome {
  readonly encoding: Encoding<unknown>;
  readonly parameters: Parameters;
  readonly genome: unknown;
}

function isGenomeDocument(value: unknown): value is GenomeDocument {
  if (typeof value !== "object" || value === null) return false;
  const { encoding, image, parameters, genome } = value as Partial<Record<keyof GenomeDocument, unknown>>;
  return (
    typeof encoding === "string" && typeof image === "object" && image !== null && typeof parameters === "object" && genome !== undefined
  );
}

/** @throws Error when the document is not one, AppError when its encoding or genome is not what this version knows. */
export function openGenome(document: unknown): OpenedGenome {
  if (!isGenomeDocument(document)) throw new Error("The API’s genome document lacks its encoding, image, parameters or genome.");
  const encoding = getEncoding(document.encoding).create(document.image, document.parameters);
  return { encoding, parameters: document.parameters, genome: encoding.fromJson(document.genome) };
}
