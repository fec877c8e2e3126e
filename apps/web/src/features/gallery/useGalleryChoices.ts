"use client";
/** What the gallery's filters offer, each list whole: experiments, the chosen one's runs or all, models with their labels, encodings. */
import { useQuery } from "urql";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
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

const nothing: readonly never[] = [];
const modelsOf = ({ models }: GalleryModelsQuery) => models;
const runsOf = ({ runs }: GalleryRunsQuery) => runs;

interface Named {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface GalleryChoices {
  readonly experiments: readonly Named[];
  readonly runs: readonly Named[];
  readonly models: readonly GalleryModelsQuery["models"]["nodes"][number][];
  readonly encodings: readonly GalleryEncodingsQuery["encodings"][number][];
  /** Of the chosen kind of run. */
  readonly methods: readonly { readonly id: string; readonly label: string }[];
  /** Whether models or encodings are still loading, so that an unknown name in the address cannot be told from a known one. */
  readonly areLoading: boolean;
}

const methodsOf: Readonly<Record<GalleryKind, (data: GalleryMethodsQuery) => GalleryChoices["methods"]>> = {
  evolution: () => nothing,
  ascent: ({ ascents }) => ascents,
  perturbation: ({ attacks }) => attacks,
};

export function useGalleryChoices(experimentId: string | null, kind: GalleryKind): GalleryChoices {
  const experiments = useExperimentChoices();
  const runs = useAllPages(GalleryRunsDocument, { experimentId, kind: [kind] }, runsOf);
  const models = useAllPages(GalleryModelsDocument, {}, modelsOf);
  const [encodings] = useQuery({ query: GalleryEncodingsDocument });
  const [methods] = useQuery({ query: GalleryMethodsDocument });
  return {
    experiments: experiments.nodes ?? nothing,
    runs: runs.nodes ?? nothing,
    models: models.nodes ?? nothing,
    encodings: encodings.data?.encodings ?? nothing,
    methods: methods.data ? methodsOf[kind](methods.data) : nothing,
    areLoading: (models.nodes === undefined && models.error === undefined) || encodings.fetching,
  };
}
