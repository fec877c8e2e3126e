/** The contents of runs and experiments as a file with one row: its columns, and the GraphQL query for the same data. */
import type { TrashPreviewQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { literal } from "../queries/literal.ts";

export const contentsFile: Readonly<Record<string, (preview: TrashPreviewQuery["trashPreview"]) => CsvValue>> = {
  experiments: ({ experiments }) => experiments,
  runs: ({ runs }) => runs,
  elites: ({ elites }) => elites,
  genomes: ({ genomes }) => genomes,
  trajectories: ({ trajectories }) => trajectories,
  perturbations: ({ perturbations }) => perturbations,
  generations: ({ generations }) => generations,
  events: ({ events }) => events,
  links: ({ links }) => links,
  analyses: ({ analyses }) => analyses,
  images: ({ images }) => images,
  kept_images: ({ keptImages }) => keptImages,
  bytes: ({ bytes }) => bytes,
  estimate: ({ isEstimate }) => (isEstimate ? "yes" : "no"),
};

/** @param ids Of runs and experiments. */
export function contentsQuery(ids: readonly string[]): string {
  return `{
  trashPreview(ids: ${literal(ids)}) {
    experiments runs elites genomes trajectories perturbations generations events links analyses images keptImages bytes isEstimate
  }
}`;
}
