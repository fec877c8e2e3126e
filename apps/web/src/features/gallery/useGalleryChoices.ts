"use client";
/** The options of the gallery's filters: experiments, the runs of the selected experiment or all, models with their labels, encodings and methods. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  GalleryEncodingsDocument,
  type GalleryEncodingsQuery,
  GalleryMethodsDocument,
  type GalleryMethodsQuery,
  GalleryModelsDocument,
  type GalleryModelsQuery,
  GalleryRunsDocument,
  type GalleryRunsQuery,
} from "../../graphql/generated/graphql.ts";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";
import type { GalleryKind } from "./galleryState.ts";

const noOptions: readonly never[] = [];
const modelsOf = ({ models }: GalleryModelsQuery) => models;
const runsOf = ({ runs }: GalleryRunsQuery) => runs;

interface KeyedChoice {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface GalleryChoices {
  readonly experiments: readonly KeyedChoice[];
  readonly runs: readonly KeyedChoice[];
  readonly models: readonly GalleryModelsQuery["models"]["nodes"][number][];
  readonly encodings: readonly GalleryEncodingsQuery["encodings"][number][];
  /** The methods of the selected kind of run. */
  readonly methods: readonly { readonly id: string; readonly label: string }[];
  /** Whether models or encodings are still loading. Until then, names in the address cannot be checked. */
  readonly areLoading: boolean;
}

const methodsOf: Readonly<Record<GalleryKind, (data: GalleryMethodsQuery) => GalleryChoices["methods"]>> = {
  evolution: () => noOptions,
  ascent: ({ ascents }) => ascents,
  perturbation: ({ attacks }) => attacks,
};

export function useGalleryChoices(experimentId: string | null, kind: GalleryKind): GalleryChoices {
  const experiments = useExperimentChoices();
  const runs = useAllPages(GalleryRunsDocument, { experimentId, kind: `kind = ${kind}` }, runsOf);
  const models = useAllPages(GalleryModelsDocument, {}, modelsOf);
  const encodings = useLiveQuery({ query: GalleryEncodingsDocument, requestPolicy: "cache-first" });
  const methods = useLiveQuery({ query: GalleryMethodsDocument, requestPolicy: "cache-first" });
  return {
    experiments: experiments.nodes ?? noOptions,
    runs: runs.nodes ?? noOptions,
    models: models.nodes ?? noOptions,
    encodings: encodings.data?.encodings ?? noOptions,
    methods: methods.data ? methodsOf[kind](methods.data) : noOptions,
    areLoading: (models.nodes === undefined && models.error === undefined) || encodings.fetching,
  };
}
