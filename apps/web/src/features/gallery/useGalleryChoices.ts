"use client";
/** What the gallery's filters offer, each list whole: experiments, the chosen one's runs or all, models with their labels, encodings. */
import { useQuery } from "urql";
import { useEveryPage } from "../../graphql/client/useEveryPage.ts";
import {
  GalleryEncodingsDocument,
  type GalleryEncodingsQuery,
  GalleryModelsDocument,
  type GalleryModelsQuery,
  GalleryRunsDocument,
  type GalleryRunsQuery,
} from "../../graphql/generated/graphql.ts";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";

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
}

export function useGalleryChoices(experimentId: string | null): GalleryChoices {
  const experiments = useExperimentChoices();
  const runs = useEveryPage(GalleryRunsDocument, { experimentId }, runsOf);
  const models = useEveryPage(GalleryModelsDocument, {}, modelsOf);
  const [encodings] = useQuery({ query: GalleryEncodingsDocument });
  return {
    experiments: experiments.nodes ?? nothing,
    runs: runs.nodes ?? nothing,
    models: models.nodes ?? nothing,
    encodings: encodings.data?.encodings ?? nothing,
  };
}
