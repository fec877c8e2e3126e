"use client";
/** A search's configurations, kept up to date while its run goes on: standings are asked for again soon after events, pictures come with them. */
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { useClient, useQuery } from "urql";
import { ConfigurationPicturesDocument, ConfigurationStandingsDocument } from "../../graphql/generated/graphql.ts";
import type { RunOnPage } from "../run/runOnPage.ts";
import { foldPictures, type Picture, type Pictures, picturesByConfiguration } from "./pictures.ts";
import type { Standing } from "./standings.ts";

/** Events come at every checkpoint; ranks are worth a statement this often. */
const refreshMilliseconds = 1500;
const noPictures: Pictures = new Map();
const nobody: readonly Standing[] = [];

export function useConfigurations(run: RunOnPage, searches: boolean) {
  const client = useClient();
  const { id, state } = run;
  const [{ data, error }, ask] = useQuery({
    query: ConfigurationStandingsDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
    pause: !searches,
  });
  const retry = useCallback(() => ask({ requestPolicy: "network-only" }), [ask]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const refreshSoon = useCallback(() => {
    if (!searches || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      retry();
    }, refreshMilliseconds);
  }, [searches, retry]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  const seenState = useRef(state);
  useEffect(() => {
    if (seenState.current !== state) refreshSoon();
    seenState.current = state;
  }, [state, refreshSoon]);

  const [pictures, fold] = useReducer(foldPictures, noPictures);
  const asked = useRef(new Set<number>());
  /** Loads the pictures of those that were not asked for before. */
  const showPictures = useCallback(
    (indexes: readonly number[]) => {
      const missing = indexes.filter((index) => !asked.current.has(index));
      if (missing.length === 0) return;
      for (const index of missing) asked.current.add(index);
      void client
        .query(ConfigurationPicturesDocument, { id, indexes: missing }, { requestPolicy: "network-only" })
        .toPromise()
        .then((result) => {
          const node = result.data?.node;
          if (node?.__typename === "Run") fold(node.configurations?.flatMap(({ trajectories }) => trajectories) ?? []);
          // Asked for again with the next rows; until then their places stay empty.
          else for (const index of missing) asked.current.delete(index);
        });
    },
    [client, id],
  );
  const standings = data?.node?.__typename === "Run" ? (data.node.configurations ?? nobody) : null;
  return {
    /** By index; null before they are loaded. */
    standings,
    error: standings === null ? error : undefined,
    retry,
    pictures: useMemo(() => picturesByConfiguration(pictures), [pictures]),
    showPictures,
    /** Takes what an event brought. */
    take: useCallback(
      (arriving: readonly Picture[]) => {
        if (!searches || arriving.length === 0) return;
        fold(arriving);
        refreshSoon();
      },
      [searches, refreshSoon],
    ),
  };
}

export type Configurations = ReturnType<typeof useConfigurations>;
