/** The image that a run's page for visitors has open. */
import type { OpenedImageFragment, SharedImageQuery } from "../../graphql/generated/graphql.ts";
import { formatParameter } from "../run/parameterEntries.ts";
import type { SharedImage } from "./sharedText.ts";

export interface OpenedImage {
  readonly id: string;
  readonly label: string;
  /** Of the stored image, 0 to 1; null for an image that was not measured here. */
  readonly confidence: number | null;
  readonly claimed: number | null;
  /** What the image is, such as "elite of class 4 from generation 120". */
  readonly note: string;
  readonly genomeUrl: string | null;
  readonly image: OpenedImageFragment;
}

/** Null for an image of another run, even if the reader may read that one too. @param rows The run's images that have no IDs of their own. */
export function openedImageOf(data: SharedImageQuery | undefined, runId: string, rows: readonly SharedImage[]): OpenedImage | null {
  const node = data?.node;
  switch (node?.__typename) {
    case "Elite": {
      if (node.run.id !== runId) return null;
      const { id, label, storedConfidence, genome, image, niche, generation } = node;
      const note = `elite of class ${niche} from generation ${generation}`;
      return { id, label, confidence: storedConfidence, claimed: null, note, genomeUrl: genome.url, image };
    }
    case "Trajectory": {
      if (node.run.id !== runId) return null;
      const { id, label, storedConfidence, image, start, step } = node;
      const note = `ascent of class ${node.class} from start ${start} at step ${step}`;
      return { id, label, confidence: storedConfidence, claimed: null, note, genomeUrl: null, image };
    }
    case "Perturbation": {
      if (node.run.id !== runId) return null;
      const { id, storedLabel, storedConfidence, image, originalLabel, bound } = node;
      const within = bound === null ? "" : ` within ${formatParameter(bound)} grey levels`;
      const note = `attack on an image of ${originalLabel}${within}`;
      return { id, label: storedLabel, confidence: storedConfidence, claimed: null, note, genomeUrl: null, image };
    }
    case "Image": {
      const row = rows.find(({ id }) => id === node.id);
      if (row === undefined) return null;
      const { id, label, confidence, claimed = null } = row;
      return { id, label, confidence, claimed, note: "image", genomeUrl: null, image: node };
    }
    default:
      return null;
  }
}
