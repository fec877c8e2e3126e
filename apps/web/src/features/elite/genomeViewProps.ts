/** The props of a genome's view, for any encoding. */
import type { ByteImage } from "@pareidolia/core/image";
import type { OpenedGenome } from "./genomeDocument.ts";

export interface GenomeViewProps {
  readonly opened: OpenedGenome;
  /** The image that the genome draws. */
  readonly image: ByteImage;
  /** Length of the canonical encoding, in bytes. */
  readonly byteLength: number;
}
