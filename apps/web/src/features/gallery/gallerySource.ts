/** Where the gallery's images come from: one list of the API for each kind of run that makes images. */
import type { Client, CombinedError, TypedDocumentNode } from "urql";
import {
  GalleryElitesDocument,
  type GalleryElitesQuery,
  GalleryPerturbationsDocument,
  type GalleryPerturbationsQuery,
  GalleryTrajectoriesDocument,
  type GalleryTrajectoriesQuery,
} from "../../graphql/generated/graphql.ts";
import { formatMiss } from "../marks/confidence.ts";
import { norms } from "../marks/norms.ts";
import { formatCount } from "../marks/numbers.ts";
import { formatPixels } from "../perturbation/results.ts";
import type { GalleryFact, GalleryItem } from "./galleryItem.ts";
import type { GalleryPage } from "./galleryPages.ts";
import { filterElites, filterPerturbations, filterTrajectories, orderElites, orderResults } from "./galleryQuery.ts";
import type { GalleryKind, GalleryState } from "./galleryState.ts";

export interface GallerySource {
  /** Equal for equal lists. */
  readonly question: string;
  /** A page that the cache holds, or null. */
  recall(client: Client, after: string | null): GalleryPage | null;
  read(client: Client, after: string | null): Promise<{ readonly page: GalleryPage | null; readonly error: CombinedError | undefined }>;
}

const pageSize = 60;

interface SourceOptions<Data, Asked extends object> {
  readonly name: GalleryKind;
  readonly document: TypedDocumentNode<Data, Asked & { first: number; after: string | null }>;
  readonly asked: Asked;
  pageOf(data: Data): GalleryPage;
}

function createSource<Data, Asked extends object>({ name, document, asked, pageOf }: SourceOptions<Data, Asked>): GallerySource {
  const variablesOf = (after: string | null) => ({ ...asked, first: pageSize, after });
  return {
    question: JSON.stringify([name, asked]),
    recall(client, after) {
      const data = client.readQuery(document, variablesOf(after), { requestPolicy: "cache-only" })?.data;
      return data ? pageOf(data) : null;
    },
    async read(client, after) {
      const { data, error } = await client.query(document, variablesOf(after), { requestPolicy: "network-only" }).toPromise();
      return { page: data ? pageOf(data) : null, error };
    },
  };
}

interface MadeBy {
  readonly key: string;
  readonly methodLabel: string;
  readonly model: { readonly name: string };
}

function runFacts(method: string, { key, methodLabel, model }: MadeBy): readonly GalleryFact[] {
  return [
    { name: "run", value: key },
    { name: method, value: methodLabel, words: true },
    { name: "model", value: model.name, words: true },
  ];
}

function eliteItem(elite: GalleryElitesQuery["elites"]["nodes"][number]): GalleryItem {
  const { id, label, image, run, niche, generation, fitness, storedFitness, replacedAt } = elite;
  return {
    id,
    href: `/elites/${id}`,
    label,
    image,
    confidence: storedFitness,
    runKey: run.key,
    facts: [
      { name: "stored", value: formatMiss(storedFitness) },
      { name: "searched", value: formatMiss(fitness) },
      { name: "niche", value: `${niche}, ${typeof replacedAt === "number" ? `lost at ${formatCount(replacedAt)}` : "held now"}` },
      { name: "generation", value: formatCount(generation) },
      ...runFacts("encoding", run),
    ],
  };
}

function trajectoryItem(trajectory: GalleryTrajectoriesQuery["trajectories"]["nodes"][number]): GalleryItem {
  const { id, label, image, run, start, step, ended, confidence, storedConfidence } = trajectory;
  return {
    id,
    href: `/trajectories/${id}`,
    label,
    image,
    confidence: storedConfidence,
    runKey: run.key,
    facts: [
      { name: "stored", value: formatMiss(storedConfidence) },
      { name: "searched", value: formatMiss(confidence) },
      { name: "class", value: `${trajectory.class}` },
      { name: "step", value: `${formatCount(step)}${ended ? "" : ", climbing"}` },
      { name: "start", value: formatCount(start + 1) },
      ...runFacts("method", run),
    ],
  };
}

function perturbationItem(perturbation: GalleryPerturbationsQuery["perturbations"]["nodes"][number]): GalleryItem {
  const { id, storedLabel, originalLabel, storedConfidence, image, run, bound, linf, l2, success } = perturbation;
  return {
    id,
    href: `/perturbations/${id}`,
    label: storedLabel,
    image,
    confidence: storedConfidence,
    runKey: run.key,
    facts: [
      { name: "stored", value: formatMiss(storedConfidence) },
      { name: "source", value: originalLabel, words: true },
      { name: "attack", value: success ? "succeeded" : "failed", words: true },
      ...(typeof bound === "number" ? [{ name: "bound", value: `${formatPixels(bound)} ${norms[run.norm ?? "LINF"].sign}` }] : []),
      { name: "change", value: `L∞ ${formatPixels(linf)}, L2 ${formatPixels(l2)}` },
      ...runFacts("method", run),
    ],
  };
}

const sources: Readonly<Record<GalleryKind, (state: GalleryState) => GallerySource>> = {
  evolution: (state) =>
    createSource({
      name: "evolution",
      document: GalleryElitesDocument,
      asked: { filter: filterElites(state), orderBy: orderElites(state) },
      pageOf: ({ elites }) => ({ ...elites, nodes: elites.nodes.map(eliteItem) }),
    }),
  ascent: (state) =>
    createSource({
      name: "ascent",
      document: GalleryTrajectoriesDocument,
      asked: { filter: filterTrajectories(state), orderBy: orderResults(state) },
      pageOf: ({ trajectories }) => ({ ...trajectories, nodes: trajectories.nodes.map(trajectoryItem) }),
    }),
  perturbation: (state) =>
    createSource({
      name: "perturbation",
      document: GalleryPerturbationsDocument,
      asked: { filter: filterPerturbations(state), orderBy: orderResults(state) },
      pageOf: ({ perturbations }) => ({ ...perturbations, nodes: perturbations.nodes.map(perturbationItem) }),
    }),
};

export function gallerySource(state: GalleryState): GallerySource {
  return sources[state.kind](state);
}
