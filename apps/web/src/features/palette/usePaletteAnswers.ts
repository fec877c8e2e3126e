"use client";
/** Debounced search results for the typed words. Earlier results stay, marked as stale, until the new ones arrive. */
import { useEffect, useMemo, useState } from "react";
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
import { answersWords } from "./destinations.ts";
import { matchLabels } from "./matchLabels.ts";

type PaletteModel = PaletteModelsQuery["models"]["nodes"][number];

export interface PaletteAnswers {
  readonly elites: PaletteElitesQuery["elites"]["nodes"];
  readonly experiments: PalettePlacesQuery["experiments"]["nodes"];
  readonly runs: PalettePlacesQuery["runs"]["nodes"];
  readonly labels: readonly string[];
  readonly models: readonly PaletteModel[];
  readonly filter: EliteFilter;
  readonly settled: boolean;
  /** Whether labels and models, elites, or experiments and runs still belong to an earlier query. */
  readonly oldLabels: boolean;
  readonly oldElites: boolean;
  readonly oldPlaces: boolean;
}

const noModels: readonly never[] = [];
const modelsOf = ({ models }: PaletteModelsQuery) => models;
const everything: EliteFilter = {};

function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 120);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

export function usePaletteAnswers(typed: string, open: boolean): PaletteAnswers {
  const word = useSettled(typed.trim());
  const models = useAllPages(PaletteModelsDocument, open ? {} : null, modelsOf).nodes ?? noModels;
  const labels = useMemo(() => matchLabels(word, models), [word, models]);
  const filter = useMemo(() => (word === "" ? everything : { labelContains: word }), [word]);
  const found = useLiveQuery({ query: PaletteElitesDocument, variables: { filter }, pause: !open });
  const search = word === "" ? null : word;
  const places = useLiveQuery({ query: PalettePlacesDocument, variables: { search }, pause: !open });
  const typing = word !== typed.trim();
  return {
    elites: found.data?.elites.nodes ?? [],
    experiments: places.data?.experiments.nodes ?? [],
    runs: places.data?.runs.nodes ?? [],
    labels: labels.slice(0, 3),
    models:
      word === "" ? [] : models.filter(({ name, slug, description }) => answersWords(word, { name, words: `${slug} ${description}` })),
    filter,
    settled: !typing && !found.fetching && !places.fetching,
    oldLabels: typing,
    oldElites: typing || found.data === undefined || found.isPrevious,
    oldPlaces: typing || places.data === undefined || places.isPrevious,
  };
}
