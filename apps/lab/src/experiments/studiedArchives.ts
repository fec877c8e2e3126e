/** The archives for the image experiments: CPPNs on each available ImageNet network, one per seed. */
import { median } from "@pareidolia/evolution/statistics";
import { medianRow } from "../findings.ts";
import type { ReportRow } from "../report.ts";
import type { StudiedArchive } from "./evolvedArchive.ts";
import type { ExperimentOptions } from "./experiment.ts";
import { evolveCppn, studiedGenerations } from "./imagenetEvolution.ts";
import { mobileNets, type OpenedModel, openImagenetModels } from "./imagenetModels.ts";
import { seedsOf } from "./seeds.ts";

export interface ModelArchives extends OpenedModel {
  readonly archives: readonly { readonly seed: number; readonly archive: StudiedArchive }[];
}

/** @param count the number of seeds, unless the user chooses the seeds. */
export async function evolveStudiedArchives(
  options: ExperimentOptions,
  count: number,
): Promise<{
  readonly studied: readonly ModelArchives[];
  readonly missing: readonly string[];
  /** Of each archive. */
  readonly generations: number;
}> {
  const { models, budget, generations = studiedGenerations(budget), onProgress } = options;
  const { opened, missing } = await openImagenetModels(models, [mobileNets[0]]);
  const studied: ModelArchives[] = [];
  for (const { id, classifier } of opened) {
    const archives: { seed: number; archive: StudiedArchive }[] = [];
    for (const seed of seedsOf(options, count)) {
      const progress = (line: string): void => onProgress(`${id}: ${line}`);
      const recipe = { seed, generations, onProgress: progress };
      archives.push({ seed, archive: await evolveCppn(classifier, recipe) });
    }
    studied.push({ id, classifier, archives });
  }
  return { studied, missing, generations };
}

/** How ripe the archives are: the confidence of their classes, on which claims about images depend. */
export function ripenessRow(experiment: string, { id, archives }: ModelArchives): ReportRow {
  return medianRow({
    id: `${experiment}.${id}.ripeness`,
    what: "median confidence over the classes of an archive, median over the runs",
    values: archives.map(({ archive }) => median(archive.elites.map(({ confidence }) => confidence))),
    unit: "runs",
  });
}
