"use client";
/** A search's configurations, kept up to date while its run goes on: standings are asked for again soon after events, images come with them. */
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ConfigurationStandingsDocument } from "../../graphql/generated/graphql.ts";
import type { AscentOnPage } from "../run/runOnPage.ts";
import { foldImages, type Image, type Images, imagesByConfiguration } from "./images.ts";
import type { Standing } from "./standings.ts";
import { useImagePages } from "./useImagePages.ts";

/** Events come at every checkpoint; ranks are worth a statement this often. */
const refreshMilliseconds = 1500;
/** Ranks that could not be refreshed stay, and are asked for again after so long. */
const retryMilliseconds = 5000;
const noImages: Images = new Map();
const nobody: readonly Standing[] = [];

export function useConfigurations(run: AscentOnPage, searches: boolean) {
  const { id, state } = run;
  const { data, error, refetch } = useLiveQuery({ query: ConfigurationStandingsDocument, variables: { id }, pause: !searches });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const refreshAfter = useCallback(
    (milliseconds: number) => {
      if (!searches || timer.current !== null) return;
      timer.current = setTimeout(() => {
        timer.current = null;
        refetch();
      }, milliseconds);
    },
    [searches, refetch],
  );
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  const seenState = useRef(state);
  useEffect(() => {
    if (seenState.current !== state) refreshAfter(refreshMilliseconds);
    seenState.current = state;
  }, [state, refreshAfter]);
  useEffect(() => {
    if (error !== undefined && data !== undefined) refreshAfter(retryMilliseconds);
  }, [error, data, refreshAfter]);

  const [images, fold] = useReducer(foldImages, noImages);
  const standings = data?.node?.__typename === "AscentRun" ? (data.node.configurations ?? nobody) : null;
  return {
    /** By index; null before they are loaded. */
    standings,
    error: standings === null ? error : undefined,
    retry: refetch,
    images: useMemo(() => imagesByConfiguration(images), [images]),
    ...useImagePages(id, fold),
    /** Takes what an event brought. */
    take: useCallback(
      (arriving: readonly Image[]) => {
        if (!searches || arriving.length === 0) return;
        fold(arriving);
        refreshAfter(refreshMilliseconds);
      },
      [searches, refreshAfter],
    ),
  };
}

export type Configurations = ReturnType<typeof useConfigurations>;
