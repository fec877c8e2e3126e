/** What a view of a genome is given, whatever the encoding. */
import type { ByteImage } from "@pareidolia/core/image";
import type { OpenedGenome } from "./genomeDocument.ts";

export interface GenomeViewProps {
  readonly opened: OpenedGenome;
  /** The image that the genome draws. */
  readonly image: ByteImage;
  /** Of the canonical bytes. */
  readonly byteLength: number;
}
