/** The sources of the gallery's images: one list of the API for each kind of run. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import type { Client, CombinedError, TypedDocumentNode } from "urql";
import type { PageQuery } from "../../graphql/client/pageQueries.tsx";
import {
  GalleryElitesDocument,
  type GalleryElitesQuery,
  GalleryPerturbationsDocument,
  type GalleryPerturbationsQuery,
  type GalleryRecognitionFragment,
  GalleryTrajectoriesDocument,
  type GalleryTrajectoriesQuery,
} from "../../graphql/generated/graphql.ts";
import { formatMiss } from "../marks/confidence.ts";
import { norms } from "../marks/norms.ts";
import { formatCount } from "../marks/numbers.ts";
import { formatIntervalPercent } from "../people/peopleTexts.ts";
import { formatPixels } from "../perturbation/results.ts";
import { formatShare } from "../studyResults/resultFormats.ts";
import type { GalleryFact, GalleryItem } from "./galleryItem.ts";
import type { GalleryPage } from "./galleryPages.ts";
import { filterElites, filterPerturbations, filterTrajectories, orderElites, orderResults } from "./galleryQuery.ts";
import type { GalleryKind, GalleryState } from "./galleryState.ts";

export interface GallerySource {
  /** Identifies the list. */
  readonly key: string;
  /** The query of the first page. */
  readonly query: PageQuery;
  /** A page from the cache, or null. */
  readCached(client: Client, after: string | null): GalleryPage | null;
  load(client: Client, after: string | null): Promise<{ readonly page: GalleryPage | null; readonly error: CombinedError | undefined }>;
}

const pageSize = 60;

interface SourceOptions<Data, Variables extends object> {
  readonly name: GalleryKind;
  readonly document: TypedDocumentNode<Data, Variables & { first: number; after: string | null }>;
  /** All variables except those of the page. */
  readonly variables: Variables;
  pageOf(data: Data): GalleryPage;
}

function createSource<Data, Variables extends object>({
  name,
  document,
  variables,
  pageOf,
}: SourceOptions<Data, Variables>): GallerySource {
  const variablesOf = (after: string | null) => ({ ...variables, first: pageSize, after });
  return {
    key: JSON.stringify([name, variables]),
    query: { document, variables: variablesOf(null) },
    readCached(client, after) {
      const data = client.readQuery(document, variablesOf(after), { requestPolicy: "cache-only" })?.data;
      return data ? pageOf(data) : null;
    },
    async load(client, after) {
      const { data, error } = await client.query(document, variablesOf(after), { requestPolicy: "network-only" }).toPromise();
      return { page: data ? pageOf(data) : null, error };
    },
  };
}

interface RunOfImage {
  readonly key: string;
  readonly methodLabel: string;
  readonly model: { readonly name: string };
}

function runFacts(method: string, { key, methodLabel, model }: RunOfImage): readonly GalleryFact[] {
  return [
    { name: "run", value: key },
    { name: method, value: methodLabel, isText: true },
    { name: "model", value: model.name, isText: true },
  ];
}

/** What people say, for those who may read it. */
function peopleFacts(recognition: GalleryRecognitionFragment | null | undefined): readonly GalleryFact[] {
  if (recognition == null) return [];
  const { named, recognised, withheld, studyCount } = recognition;
  if (withheld != null) return [{ name: "people", value: "shown once you have voted", isText: true }];
  if (named == null) return [{ name: "people", value: studyCount === 0 ? "never asked" : "no votes yet", isText: true }];
  const counts = { name: "named by", value: `${formatCount(named.agreeing)} / ${formatCount(named.votes)}` };
  if (recognised == null) return [{ name: "recognised by", value: "guesses unknown", isText: true }, counts];
  return [
    { name: "recognised by, beyond guessing", value: formatShare(recognised.share) },
    { name: "95% interval for other voters", value: `${formatIntervalPercent(recognised)}%` },
    counts,
  ];
}

/** Both confidences in one class. */
function searchedFacts({ stored, search }: SearchedClass): GalleryFact[] {
  return [
    { name: "stored", value: formatMiss(stored) },
    { name: "in search", value: formatMiss(search) },
  ];
}

function eliteItem(elite: GalleryElitesQuery["elites"]["nodes"][number]): GalleryItem {
  const { id, label, image, run, niche, generation, storedConfidence, searchedClass, replacedAt, recognition } = elite;
  return {
    id,
    href: `/elites/${id}`,
    label,
    image,
    confidence: storedConfidence,
    runKey: run.key,
    recognised: recognition?.recognised ?? null,
    facts: [
      ...searchedFacts(searchedClass),
      { name: "niche", value: `${niche}, ${typeof replacedAt === "number" ? `replaced at ${formatCount(replacedAt)}` : "current"}` },
      { name: "generation", value: formatCount(generation) },
      ...peopleFacts(recognition),
      ...runFacts("encoding", run),
    ],
  };
}

function trajectoryItem(trajectory: GalleryTrajectoriesQuery["trajectories"]["nodes"][number]): GalleryItem {
  const { id, label, image, run, start, step, ended, storedConfidence, searchedClass, recognition } = trajectory;
  return {
    id,
    href: `/trajectories/${id}`,
    label,
    image,
    confidence: storedConfidence,
    runKey: run.key,
    recognised: recognition?.recognised ?? null,
    facts: [
      ...searchedFacts(searchedClass),
      { name: "class", value: `${trajectory.class}` },
      { name: "step", value: `${formatCount(step)}${ended ? "" : ", not ended"}` },
      { name: "start", value: formatCount(start + 1) },
      ...peopleFacts(recognition),
      ...runFacts("method", run),
    ],
  };
}

function perturbationItem(perturbation: GalleryPerturbationsQuery["perturbations"]["nodes"][number]): GalleryItem {
  const { id, storedLabel, originalLabel, storedConfidence, image, run, bound, linf, l2, success, recognition } = perturbation;
  return {
    id,
    href: `/perturbations/${id}`,
    label: storedLabel,
    image,
    confidence: storedConfidence,
    runKey: run.key,
    recognised: recognition?.recognised ?? null,
    facts: [
      { name: "stored", value: formatMiss(storedConfidence) },
      { name: "source", value: originalLabel, isText: true },
      { name: "attack", value: success ? "succeeded" : "failed", isText: true },
      ...(typeof bound === "number" ? [{ name: "bound", value: `${formatPixels(bound)} ${norms[run.norm ?? "LINF"].sign}` }] : []),
      { name: "change", value: `L∞ ${formatPixels(linf)}, L2 ${formatPixels(l2)}` },
      ...peopleFacts(recognition),
      ...runFacts("method", run),
    ],
  };
}

const sources: Readonly<Record<GalleryKind, (state: GalleryState) => GallerySource>> = {
  evolution: (state) =>
    createSource({
      name: "evolution",
      document: GalleryElitesDocument,
      variables: { filter: filterElites(state), orderBy: orderElites(state) },
      pageOf: ({ elites }) => ({ ...elites, nodes: elites.nodes.map(eliteItem) }),
    }),
  ascent: (state) =>
    createSource({
      name: "ascent",
      document: GalleryTrajectoriesDocument,
      variables: { filter: filterTrajectories(state), orderBy: orderResults(state) },
      pageOf: ({ trajectories }) => ({ ...trajectories, nodes: trajectories.nodes.map(trajectoryItem) }),
    }),
  perturbation: (state) =>
    createSource({
      name: "perturbation",
      document: GalleryPerturbationsDocument,
      variables: { filter: filterPerturbations(state), orderBy: orderResults(state) },
      pageOf: ({ perturbations }) => ({ ...perturbations, nodes: perturbations.nodes.map(perturbationItem) }),
    }),
};

export function gallerySource(state: GalleryState): GallerySource {
  return sources[state.kind](state);
}
