/**
 * An archive evolved for analysis: its elites' stored images with all probabilities, the statistics of each generation, and the lineage.
 * Several experiments use the same archives, so each archive is evolved once per process.
 */
import type { PhylogenyNode } from "@pareidolia/analysis/phylogeny";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { SearchStatistics } from "@pareidolia/core/generationStatistics";
import { type ByteImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { topClass } from "@pareidolia/core/topClass";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { Elite, GenomeAddress } from "@pareidolia/evolution/lineage";
import { MapElites } from "@pareidolia/evolution/mapElites";

export interface ArchiveRecipe<G> {
  readonly classifier: DifferentiableClassifier;
  readonly encoding: EncodingDefinition<G>;
  readonly parameters: Parameters;
  readonly seed: number;
  readonly generations: number;
  readonly offspring: number;
}

export interface StudiedElite {
  readonly niche: number;
  readonly address: GenomeAddress;
  readonly image: ByteImage;
  /** Of all classes, on the stored bytes. */
  readonly probabilities: Float32Array;
  readonly confidence: number;
  readonly topClass: number;
}

export interface StudiedArchive {
  /** During the search, on float pixels. */
  readonly generations: readonly SearchStatistics[];
  /** By niche, without empty ones. */
  readonly elites: readonly StudiedElite[];
  /** All individuals that held a niche at the end of a generation. */
  readonly nodes: readonly PhylogenyNode[];
}

const evolved = new Map<string, Promise<StudiedArchive>>();

/** @param started a search of this recipe, which can be continued later. Default: one of its own. */
export function evolveArchive<G>(
  recipe: ArchiveRecipe<G>,
  onProgress: (line: string) => void,
  started?: StartedSearch,
): Promise<StudiedArchive> {
  const { classifier, encoding, parameters, seed, generations, offspring } = recipe;
  const key = JSON.stringify([classifier.modelHash, classifier.input, encoding.id, parameters, seed, generations, offspring]);
  const known = evolved.get(key) ?? (started ?? startSearch(recipe, onProgress)).reach(generations);
  evolved.set(key, known);
  return known;
}

/** Does not keep the archive, since a thousand images take 150 MB: for archives that are used only once. */
export function evolveOnce<G>(recipe: ArchiveRecipe<G>, onProgress: (line: string) => void): Promise<StudiedArchive> {
  return startSearch(recipe, onProgress).reach(recipe.generations);
}

/** A search whose archive is studied at several generations, each evolved once. */
export interface StartedSearch {
  /** @param generation at least that of the last call. */
  reach(generation: number): Promise<StudiedArchive>;
}

export function startSearch<G>(recipe: Omit<ArchiveRecipe<G>, "generations">, onProgress: (line: string) => void): StartedSearch {
  const { classifier, seed, offspring } = recipe;
  const encoding = recipe.encoding.create(classifier.input, recipe.parameters);
  const search = new MapElites({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
  const generations: SearchStatistics[] = [];
  const held = new Map<string, { readonly elite: Elite<G>; readonly niches: number[] }>();
  return {
    async reach(last) {
      for (let generation = generations.length; generation <= last; generation++) {
        const { statistics, replacements } = await evaluateGeneration({ search, encoding, classifier });
        generations.push(statistics);
        for (const { niche, elite } of replacements) {
          const holder = held.get(nameOf(elite));
          if (holder === undefined) held.set(nameOf(elite), { elite, niches: [niche] });
          else holder.niches.push(niche);
        }
        if (generation % 10 === 0 || generation === last)
          onProgress(`${recipe.encoding.id}, seed ${seed}, generation ${generation}: search median ${statistics.median.toFixed(4)}`);
      }
      return {
        generations: [...generations],
        nodes: nodesOf(search.elites, [...held.values()]),
        elites: await study(search.elites, (genome) => quantiseImage(encoding.decode(genome)), classifier),
      };
    },
  };
}

function nodesOf<G>(
  elites: readonly (Elite<G> | null)[],
  held: readonly { readonly elite: Elite<G>; readonly niches: readonly number[] }[],
): readonly PhylogenyNode[] {
  const current = new Map<string, number[]>();
  for (const [niche, elite] of elites.entries())
    if (elite !== null) current.set(nameOf(elite), [...(current.get(nameOf(elite)) ?? []), niche]);
  return held.map(({ elite, niches }) => ({
    id: nameOf(elite),
    generation: elite.generation,
    parentIds: elite.parents.map(nameOf),
    niches: [...niches],
    current: current.get(nameOf(elite)) ?? [],
  }));
}

async function study<G>(
  elites: readonly (Elite<G> | null)[],
  draw: (genome: G) => ByteImage,
  classifier: DifferentiableClassifier,
): Promise<readonly StudiedElite[]> {
  // Each niche has its own elite object with its own fitness, even if one individual holds many niches.
  const holders = new Map(elites.flatMap((elite) => (elite === null ? [] : [[nameOf(elite), elite.genome] as const])));
  const images = [...holders.values()].map(draw);
  const { probabilities, classes } = await classifier.predict(images.map(toFloatImage));
  const rows = new Map([...holders.keys()].map((name, row) => [name, row]));
  return elites.flatMap((elite, niche) => {
    if (elite === null) return [];
    const row = rows.get(nameOf(elite)) as number;
    const own = probabilities.slice(row * classes, (row + 1) * classes);
    const { generation, index } = elite;
    return {
      niche,
      address: { generation, index },
      image: images[row] as ByteImage,
      probabilities: own,
      confidence: own[niche] as number,
      topClass: topClass(own),
    };
  });
}

/** The elites of a run grouped by image, in niche order, since one individual may hold many niches. */
export function imagesOf({ elites }: Pick<StudiedArchive, "elites">): readonly (readonly StudiedElite[])[] {
  const images = new Map<string, StudiedElite[]>();
  for (const elite of elites) {
    const known = images.get(nameOf(elite.address));
    if (known === undefined) images.set(nameOf(elite.address), [elite]);
    else known.push(elite);
  }
  return [...images.values()];
}

function nameOf({ generation, index }: GenomeAddress): string {
  return `${generation}:${index}`;
}
