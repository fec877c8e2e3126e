"use client";
/** Debounced search results for the typed text. Earlier results stay, marked as stale, until the new ones arrive. */
import { useMemo } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  type EliteFilter,
  PaletteElitesDocument,
  type PaletteElitesQuery,
  PaletteModelsDocument,
  type PaletteModelsQuery,
  PalettePlacesDocument,
  type PalettePlacesQuery,
} from "../../graphql/generated/graphql.ts";
import { useDebounced } from "../marks/useDebounced.ts";
import { matchesWords } from "./destinations.ts";
import { matchLabels } from "./matchLabels.ts";
import { filterElites, searchForPlaces } from "./paletteSearch.ts";

type PaletteModel = PaletteModelsQuery["models"]["nodes"][number];

export interface PaletteResults {
  readonly elites: PaletteElitesQuery["elites"]["nodes"];
  readonly experiments: PalettePlacesQuery["experiments"]["nodes"];
  readonly studies: PalettePlacesQuery["studies"]["nodes"];
  readonly runs: PalettePlacesQuery["runs"]["nodes"];
  readonly labels: readonly string[];
  readonly models: readonly PaletteModel[];
  readonly filter: EliteFilter;
  /** Whether all results belong to the typed text. */
  readonly isSettled: boolean;
  /** Whether labels and models, elites, or experiments, runs and studies belong to earlier text. */
  readonly staleLabels: boolean;
  readonly staleElites: boolean;
  readonly stalePlaces: boolean;
}

const noModels: readonly never[] = [];
const modelsOf = ({ models }: PaletteModelsQuery) => models;

export function usePaletteResults(typed: string, open: boolean): PaletteResults {
  const text = useDebounced(typed.trim());
  const loaded = useAllPages(PaletteModelsDocument, open ? {} : null, modelsOf);
  const models = loaded.nodes ?? noModels;
  const labels = useMemo(() => matchLabels(text, models), [text, models]);
  const filter = useMemo(() => filterElites(text, (words) => matchLabels(words, models).length > 0), [text, models]);
  const elites = useLiveQuery({ query: PaletteElitesDocument, variables: { filter }, pause: !open });
  const places = useLiveQuery({
    query: PalettePlacesDocument,
    variables: { search: searchForPlaces(text), title: text === "" ? null : text },
    pause: !open,
  });
  const isTyping = text !== typed.trim();
  return {
    elites: elites.data?.elites.nodes ?? [],
    experiments: places.data?.experiments.nodes ?? [],
    studies: places.data?.studies.nodes ?? [],
    runs: places.data?.runs.nodes ?? [],
    labels: labels.slice(0, 3),
    models:
      text === "" ? [] : models.filter(({ name, slug, description }) => matchesWords(text, { name, keywords: `${slug} ${description}` })),
    filter,
    isSettled: !isTyping && !elites.fetching && !places.fetching && (loaded.nodes ?? loaded.error) !== undefined,
    staleLabels: isTyping,
    staleElites: isTyping || elites.data === undefined || elites.isPrevious,
    stalePlaces: isTyping || places.data === undefined || places.isPrevious,
  };
}
