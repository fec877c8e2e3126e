"use client";
/** What the API answers to the words in the palette, a moment after the last key; old answers stay until new ones are here, and are told apart. */
import { useEffect, useMemo, useState } from "react";
import { useQuery } from "urql";
import { answersTo } from "../../graphql/client/answersTo.ts";
import { useEveryPage } from "../../graphql/client/useEveryPage.ts";
import {
  type EliteFilter,
  PaletteElitesDocument,
  type PaletteElitesQuery,
  PaletteLabelsDocument,
  type PaletteLabelsQuery,
  PalettePlacesDocument,
  type PalettePlacesQuery,
} from "../../graphql/generated/graphql.ts";
import { matchLabels } from "./matchLabels.ts";

export interface PaletteAnswers {
  readonly elites: PaletteElitesQuery["elites"]["nodes"];
  readonly experiments: PalettePlacesQuery["experiments"]["nodes"];
  readonly runs: PalettePlacesQuery["runs"]["nodes"];
  readonly labels: readonly string[];
  readonly filter: EliteFilter;
  readonly settled: boolean;
  /** Whether the labels, the elites, or the experiments and runs, are those of other words than the ones that stand there. */
  readonly oldLabels: boolean;
  readonly oldElites: boolean;
  readonly oldPlaces: boolean;
}

const noModels: readonly never[] = [];
const modelsOf = ({ models }: PaletteLabelsQuery) => models;
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
  const models = useEveryPage(PaletteLabelsDocument, open ? {} : null, modelsOf, "cache-first").nodes ?? noModels;
  const match = useMemo(() => matchLabels(word, models), [word, models]);
  const filter = useMemo(() => (word === "" ? everything : { niche: [...match.niches] }), [word, match]);
  const hopeless = word !== "" && match.niches.length === 0;
  const requestPolicy = "cache-and-network";
  const [found] = useQuery({ query: PaletteElitesDocument, variables: { filter }, pause: !open || hopeless, requestPolicy });
  const search = word === "" ? null : word;
  const [places] = useQuery({ query: PalettePlacesDocument, variables: { search }, pause: !open, requestPolicy });
  const typing = word !== typed.trim();
  return {
    elites: hopeless ? [] : (found.data?.elites.nodes ?? []),
    experiments: places.data?.experiments.nodes ?? [],
    runs: places.data?.runs.nodes ?? [],
    labels: match.labels.slice(0, 3),
    filter,
    settled: !typing && !found.fetching && !places.fetching,
    oldLabels: typing,
    oldElites: typing || !answersTo(found, { filter }),
    oldPlaces: typing || !answersTo(places, { search }),
  };
}
