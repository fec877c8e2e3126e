/** Opens a genome document, as in the API and in the JSON download, which contains everything needed to redraw the genome. */
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

/** @throws Error if the value is not a genome document, AppError if this version does not know its encoding or genome. */
export function openGenome(document: unknown): OpenedGenome {
  if (!isGenomeDocument(document)) throw new Error("The API’s genome document lacks its encoding, image, parameters or genome.");
  const encoding = getEncoding(document.encoding).create(document.image, document.parameters);
  return { encoding, parameters: document.parameters, genome: encoding.fromJson(document.genome) };
}
