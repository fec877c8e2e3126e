/**
 * Shared descent and image diversity (the paper, section 3.4, Figures 9 and 10; Innovation Engines, section IV): counts goal switches,
 * tests whether classes of one lineage have close labels, and measures how much the images of a class differ between runs.
 */
import { coarseStructure, structuralDistance } from "@pareidolia/analysis/diversity";
import { labelDistance } from "@pareidolia/analysis/labelDistance";
import { type MantelResult, mantelTest } from "@pareidolia/analysis/mantel";
import { matchingTest } from "@pareidolia/analysis/matchingTest";
import { goalSwitches, relatedNiches } from "@pareidolia/analysis/phylogeny";
import { quantile } from "@pareidolia/analysis/quantile";
import { median } from "@pareidolia/evolution/statistics";
import { judge, noBar, type ReportRow } from "../report.ts";
import { imagesOf, type StudiedArchive } from "./evolvedArchive.ts";
import type { Experiment, Figure } from "./experiment.ts";
import type { OpenedModel } from "./imagenetModels.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { distancesOfRuns } from "./runDistances.ts";
import { comparedRuns } from "./seeds.ts";
import { shortLabel } from "./shortLabel.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

/** Number of random permutations of class numbers. */
const permutations = 999;
/** The significance level of the test over runs, which needs at least four runs to reach it, and uses at most eight. */
const largestP = 0.05;
const mostCompared = 8;

export const phylogeny: Experiment = {
  id: "phylogeny",
  description: "goal switches, label distance of classes with shared descent, and differences between runs",
  presets: [],
  networks: imagenetNetworks,
  async run(options) {
    const { studied, missing, generations } = await evolveStudiedArchives(options, comparedRuns[options.budget]);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier, archives } of studied) {
      const distances = archives.map(({ seed, archive }) => labelDistances(archive, seed));
      const switches = archives.map(({ archive }) => goalSwitches(archive.nodes).length);
      for (const [index, { seed, archive }] of archives.entries()) {
        const { kin, others, elite, lineage } = distances[index] as LabelDistances;
        lines.push([
          id,
          String(seed),
          String(archive.nodes.length),
          String(switches[index]),
          String(kin.length),
          median(kin).toFixed(0),
          median(others).toFixed(0),
          elite.p.toFixed(3),
          lineage.p.toFixed(3),
        ]);
      }
      rows.push(
        judge({
          id: `phylogeny.${id}.goal-switches`,
          finding: true,
          what: "goal switches: niches taken by a child whose first parent never held them; minimum of the seeds",
          figure: Math.min(...switches),
          bar: { above: 0 },
          detail: archives.map(({ seed }, index) => `seed ${seed}: ${switches[index]}`).join(", "),
        }),
        judge({
          id: `phylogeny.${id}.label-distance`,
          finding: true,
          what: `p, one-sided, over ${permutations} permutations of the class numbers: classes with the same elite are closer in the label list than other classes, by the mean rank of the distance; worst seed`,
          figure: Math.max(...distances.map(({ elite }) => elite.p)),
          bar: { below: 0.01 },
          detail: archives
            .map(({ seed }, index) => {
              const { kin, others, elite } = distances[index] as LabelDistances;
              return `seed ${seed}: median distance ${median(kin).toFixed(0)} against ${median(others).toFixed(0)}, p ${elite.p.toFixed(3)}`;
            })
            .join("; "),
        }),
        {
          id: `phylogeny.${id}.lineage-distance`,
          finding: true,
          what: `p, one-sided, over ${permutations} permutations of the class numbers: classes are closer in the label list the more ancestors their elites share, by Spearman's correlation over all pairs; worst seed`,
          figure: Math.max(...distances.map(({ lineage }) => lineage.p)),
          bar: noBar,
          holds: true,
          detail: archives
            .map(({ seed }, index) => {
              const { lineage } = distances[index] as LabelDistances;
              return `seed ${seed}: correlation ${lineage.correlation.toFixed(3)}, p ${lineage.p.toFixed(3)}`;
            })
            .join("; "),
        },
      );
      rows.push(
        ...judgeRuns(
          id,
          archives.map(({ archive }) => archive),
        ),
      );
      const [first, second] = archives;
      if (first !== undefined && second !== undefined) figures.push(pairsOf({ id, classifier }, first.archive, second.archive));
    }
    if (rows.length === 0)
      rows.push(
        judge({ finding: true, id: "phylogeny", what: "shared descent", figure: null, bar: { above: 0 }, detail: missing.join(" ") }),
      );
    return {
      head: [
        "model",
        "seed",
        "holders ever",
        "goal switches",
        "pairs with the same elite",
        "their label distance",
        "of other pairs",
        "p, one elite",
        "p, shared ancestors",
      ],
      lines,
      rows,
      figures,
      ran: { cppn: generations },
    };
  },
};

interface LabelDistances {
  readonly kin: readonly number[];
  readonly others: readonly number[];
  /** The test with relatedness 1 for the same elite, and 0 otherwise. */
  readonly elite: MantelResult;
  /** The test with relatedness as the share of common ancestors. */
  readonly lineage: MantelResult;
}

/** ImageNet's class numbers follow its tree of concepts, so close numbers are similar concepts. */
function labelDistances({ nodes }: StudiedArchive, seed: number): LabelDistances {
  const pairs = relatedNiches(nodes);
  const kin: number[] = [];
  const others: number[] = [];
  for (const { first, second, relatedness } of pairs) (relatedness === 1 ? kin : others).push(labelDistance(first, second));
  const held = pairs.map((pair) => ({ ...pair, relatedness: pair.relatedness === 1 ? 1 : 0 }));
  return { kin, others, elite: mantelTest(held, { seed, deals: permutations }), lineage: mantelTest(pairs, { seed, deals: permutations }) };
}

/**
 * Any two images differ, so a distance between two runs' images of a class proves nothing by itself. The null hypothesis is that the class
 * alone determines what an image looks like. Then a run's second-best image of a class is no closer to its best image than another run's
 * second-best image.
 */
function judgeRuns(id: string, archives: readonly StudiedArchive[]): readonly ReportRow[] {
  const [first, second] = archives;
  if (first === undefined || second === undefined) return [];
  const compared = archives.slice(0, mostCompared);
  const isEnough = smallestP(compared.length) < largestP;
  const result = isEnough ? matchingTest(distancesOfRuns(compared)) : null;
  const between = distancesBetween(first, second);
  return [
    judge({
      id: `phylogeny.${id}.runs-differ`,
      finding: true,
      what: `p, one-sided, over all orders of ${compared.length} runs: the best and second-best image of a class are more alike in one run than across runs`,
      figure: result?.p ?? null,
      bar: { below: largestP },
      detail:
        result === null
          ? `needs more runs: ${compared.length} cannot reach this p`
          : `structural distance within a run ${result.own.toFixed(3)}, between runs ${result.others.toFixed(3)}, means over the classes (0 identical, 1 unrelated)`,
    }),
    {
      id: `phylogeny.${id}.diversity`,
      finding: true,
      what: "structural distance of the first two runs' best images of a class, median over the classes (0 identical, 1 unrelated)",
      figure: median(between),
      bar: noBar,
      holds: true,
      detail: `${between.length} classes, quartiles ${quantile(between, 0.25).toFixed(3)} and ${quantile(between, 0.75).toFixed(3)}; ${imagesOf(first).length} and ${imagesOf(second).length} different images`,
    },
  ];
}

function smallestP(runs: number): number {
  return Array.from({ length: runs }, (_, place) => place + 1).reduce((p, order) => p / order, 1);
}

function distancesBetween(first: StudiedArchive, second: StudiedArchive): readonly number[] {
  const other = new Map(second.elites.map(({ niche, image }) => [niche, image]));
  return first.elites.flatMap(({ niche, image }) => {
    const match = other.get(niche);
    return match === undefined ? [] : [structuralDistance(coarseStructure(image), coarseStructure(match))];
  });
}

function pairsOf({ id, classifier }: OpenedModel, first: StudiedArchive, second: StudiedArchive): Figure {
  const other = new Map(second.elites.map((elite) => [elite.niche, elite]));
  const best = [...first.elites].sort((a, b) => b.confidence - a.confidence).slice(0, 4);
  return {
    kind: "images",
    title: `Images of two runs for the same classes, on ${id}`,
    caption: "The four most confident classes of the first run, each with the images of both runs.",
    columns: 4,
    images: best.flatMap((elite) =>
      [elite, other.get(elite.niche)].flatMap((shown) =>
        shown === undefined
          ? []
          : [{ image: shown.image, caption: `${shortLabel(classifier.labels, shown.niche)} ${shown.confidence.toFixed(3)}` }],
      ),
    ),
  };
}
