"use client";
/** A search's configurations, updated while the run is active: events bring images, and standings are reloaded soon after. */
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ConfigurationStandingsDocument } from "../../graphql/generated/graphql.ts";
import type { AscentOnPage } from "../run/runOnPage.ts";
import { foldImages, type Image, type Images, imagesByConfiguration } from "./images.ts";
import type { Standing } from "./standings.ts";
import { useImagePages } from "./useImagePages.ts";

/** Limits how often events, which arrive at every checkpoint, reload the standings. */
const refreshMilliseconds = 1500;
/** Standings stay after a failed request, which is repeated after this time. */
const retryMilliseconds = 5000;
const noImages: Images = new Map();
const noStandings: readonly Standing[] = [];

export function useConfigurations(run: AscentOnPage, isSearch: boolean) {
  const { id, state } = run;
  const { data, error, refetch } = useLiveQuery({ query: ConfigurationStandingsDocument, variables: { id }, pause: !isSearch });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const refreshAfter = useCallback(
    (milliseconds: number) => {
      if (!isSearch || timer.current !== null) return;
      timer.current = setTimeout(() => {
        timer.current = null;
        refetch();
      }, milliseconds);
    },
    [isSearch, refetch],
  );
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  const previousState = useRef(state);
  useEffect(() => {
    if (previousState.current !== state) refreshAfter(refreshMilliseconds);
    previousState.current = state;
  }, [state, refreshAfter]);
  useEffect(() => {
    if (error !== undefined && data !== undefined) refreshAfter(retryMilliseconds);
  }, [error, data, refreshAfter]);

  const [images, fold] = useReducer(foldImages, noImages);
  const standings = data?.node?.__typename === "AscentRun" ? (data.node.configurations ?? noStandings) : null;
  return {
    /** By index; null until they are loaded. */
    standings,
    error: standings === null ? error : undefined,
    retry: refetch,
    images: useMemo(() => imagesByConfiguration(images), [images]),
    ...useImagePages(id, fold),
    /** Adds the images of an event. */
    take: useCallback(
      (arriving: readonly Image[]) => {
        if (!isSearch || arriving.length === 0) return;
        fold(arriving);
        refreshAfter(refreshMilliseconds);
      },
      [isSearch, refreshAfter],
    ),
  };
}

export type Configurations = ReturnType<typeof useConfigurations>;
