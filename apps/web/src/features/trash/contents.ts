/** Describes what permanently deleting runs removes. */
import type { TrashPreviewQuery } from "../../graphql/generated/graphql.ts";
import { counted } from "../deletion/counted.ts";
import { formatCount } from "../marks/numbers.ts";
import { formatBytes } from "../models/bytes.ts";

type Preview = TrashPreviewQuery["trashPreview"];

/** What the runs contain, by kind. */
export function contentsOf(preview: Preview): readonly string[] {
  return [
    ...counted(preview.experiments, "experiment", "experiments"),
    ...counted(preview.runs, "run with its settings and log", "runs with their settings and logs"),
    ...counted(preview.elites, "elite with its page", "elites with their pages"),
    ...counted(preview.genomes, "genome", "genomes"),
    ...counted(preview.trajectories, "trajectory", "trajectories"),
    ...counted(preview.perturbations, "perturbation", "perturbations"),
    ...counted(preview.generations, "generation of statistics", "generations of statistics"),
    ...counted(preview.links, "link of a retraining chain", "links of retraining chains"),
    ...counted(preview.analyses, "analysis", "analyses"),
  ];
}

/** "About 1.2 MB in 340 images", and the images that are kept. */
export function freedText({ images, keptImages, bytes, isEstimate }: Preview): string {
  const about = isEstimate ? "About " : "";
  const freed = `${about}${formatBytes(bytes)} of storage is freed (${about.toLowerCase()}${formatCount(images)} ${images === 1 ? "image" : "images"}).`;
  if (keptImages === 0) return freed;
  return `${freed} ${about}${formatCount(keptImages)} ${keptImages === 1 ? "image is" : "images are"} kept, because other runs, studies or photographs show ${keptImages === 1 ? "it" : "them"}.`;
}
