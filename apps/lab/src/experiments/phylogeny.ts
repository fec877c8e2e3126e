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
import { medianRow, pRow } from "../findings.ts";
import { judge, type ReportRow } from "../report.ts";
import { imagesOf, type StudiedArchive } from "./evolvedArchive.ts";
import type { Experiment, Figure } from "./experiment.ts";
import type { OpenedModel } from "./imagenetModels.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { distancesOfRuns } from "./runDistances.ts";
import { comparedRuns } from "./seeds.ts";
import { shortLabel } from "./shortLabel.ts";
import { evolveStudiedArchives, ripenessRow } from "./studiedArchives.ts";

/** Number of random permutations of class numbers. */
const permutations = 999;
/** The significance level of the test over runs, which needs at least four runs to reach it, and uses at most eight. */
const largestP = 0.05;
const maxCompared = 8;

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
    for (const opened of studied) {
      const { id, classifier, archives } = opened;
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
        ...descentRows(
          id,
          archives.map(({ seed }, index) => ({ seed, switches: switches[index] as number, distances: distances[index] as LabelDistances })),
        ),
        ...judgeRuns(
          id,
          archives.map(({ archive }) => archive),
        ),
        ripenessRow("phylogeny", opened),
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

interface Descent {
  readonly seed: number;
  readonly switches: number;
  readonly distances: LabelDistances;
}

function descentRows(id: string, runs: readonly Descent[]): readonly ReportRow[] {
  const smallest = 1 / (permutations + 1);
  const ofEach = (words: (one: Descent) => string): string => runs.map((one) => `seed ${one.seed}: ${words(one)}`).join("; ");
  // In a run in which no two classes share an elite, there is nothing to compare.
  const compared = runs.filter(({ distances: { kin, others } }) => kin.length > 0 && others.length > 0);
  return [
    medianRow({
      id: `phylogeny.${id}.goal-switches`,
      what: "goal switches: niches taken by a child whose first parent never held them, median over the runs",
      values: runs.map(({ switches }) => switches),
      unit: "runs",
      detail: ofEach(({ switches }) => String(switches)),
    }),
    medianRow({
      id: `phylogeny.${id}.kin-distance`,
      what: "median distance in the label list of classes with the same elite, minus that of other classes, median over the runs",
      values: compared.map(({ distances: { kin, others } }) => median(kin) - median(others)),
      unit: "runs",
      detail: ofEach(({ distances: { kin, others } }) => `${median(kin).toFixed(0)} against ${median(others).toFixed(0)}`),
    }),
    pRow({
      id: `phylogeny.${id}.label-distance`,
      what: `p, one-sided, over ${permutations} permutations of the class numbers: classes with the same elite are closer in the label list than other classes, by the mean rank of the distance; worst seed`,
      p: Math.max(...runs.map(({ distances: { elite } }) => elite.p)),
      smallest,
      level: 0.01,
      detail: ofEach(({ distances: { elite } }) => `p ${elite.p.toFixed(3)}`),
    }),
    medianRow({
      id: `phylogeny.${id}.lineage-correlation`,
      what: "Spearman's correlation, over all pairs of classes, of the share of common ancestors with the distance in the label list, median over the runs",
      values: runs.map(({ distances: { lineage } }) => lineage.correlation),
      unit: "runs",
    }),
    pRow({
      id: `phylogeny.${id}.lineage-distance`,
      what: `p, one-sided, over ${permutations} permutations of the class numbers: classes are closer in the label list the more ancestors their elites share; worst seed`,
      p: Math.max(...runs.map(({ distances: { lineage } }) => lineage.p)),
      smallest,
      level: 0.01,
      detail: ofEach(({ distances: { lineage } }) => `correlation ${lineage.correlation.toFixed(3)}, p ${lineage.p.toFixed(3)}`),
    }),
  ];
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
  const compared = archives.slice(0, maxCompared);
  const distances = distancesOfRuns(compared);
  const result = matchingTest(distances);
  const between = distancesBetween(first, second);
  return [
    medianRow({
      id: `phylogeny.${id}.run-difference`,
      what: "structural distance of a run's best image of a class to the second-best of other runs, minus that to its own second-best, means over the classes, median over the runs",
      values: distances.map((row, run) => {
        const others = row.filter((_, other) => other !== run);
        return others.reduce((sum, distance) => sum + distance, 0) / others.length - (row[run] as number);
      }),
      unit: "runs",
    }),
    pRow({
      id: `phylogeny.${id}.runs-differ`,
      what: `p, one-sided, over all orders of ${compared.length} runs: the best and second-best image of a class are more alike in one run than across runs`,
      p: result.p,
      smallest: smallestP(compared.length),
      level: largestP,
      detail: `structural distance within a run ${result.own.toFixed(3)}, between runs ${result.others.toFixed(3)}, means over the classes (0 identical, 1 unrelated)`,
    }),
    medianRow({
      id: `phylogeny.${id}.diversity`,
      what: "structural distance of two runs' best images of a class, median over the classes of each run and the next (0 identical, 1 unrelated), median over these pairs",
      values: compared.flatMap((archive, run) => {
        const next = compared[run + 1];
        return run % 2 === 1 || next === undefined ? [] : [median(distancesBetween(archive, next))];
      }),
      unit: "pairs of runs",
      detail: `first pair: ${between.length} classes, quartiles ${quantile(between, 0.25).toFixed(3)} and ${quantile(between, 0.75).toFixed(3)}; ${imagesOf(first).length} and ${imagesOf(second).length} different images`,
    }),
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
