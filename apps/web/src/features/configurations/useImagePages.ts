"use client";
/** Loads the images of the configurations in the table, each once, and records failed requests. */
import { useCallback, useRef, useState } from "react";
import { useClient } from "urql";
import { ConfigurationImagesDocument } from "../../graphql/generated/graphql.ts";
import type { Image } from "./images.ts";

const noIndexes: ReadonlySet<number> = new Set();

export function useImagePages(runId: string, onLoaded: (images: readonly Image[]) => void) {
  const client = useClient();
  const requested = useRef(new Set<number>());
  const [failedIndexes, setFailedIndexes] = useState(noIndexes);
  const load = useCallback(
    (indexes: readonly number[]) => {
      if (indexes.length === 0) return;
      for (const index of indexes) requested.current.add(index);
      setFailedIndexes((current) => new Set([...current].filter((index) => !indexes.includes(index))));
      void client
        .query(ConfigurationImagesDocument, { id: runId, indexes: [...indexes] }, { requestPolicy: "network-only" })
        .toPromise()
        .then((result) => {
          const node = result.data?.node;
          if (node?.__typename === "AscentRun") onLoaded(node.configurations?.flatMap(({ trajectories }) => trajectories) ?? []);
          else setFailedIndexes((current) => new Set([...current, ...indexes]));
        });
    },
    [client, runId, onLoaded],
  );
  return {
    /** Loads the images of these configurations unless they were requested before. */
    showImages: useCallback((indexes: readonly number[]) => load(indexes.filter((index) => !requested.current.has(index))), [load]),
    /** Configurations whose images could not be loaded. */
    failedIndexes,
    retryImages: useCallback(() => load([...failedIndexes]), [load, failedIndexes]),
  };
}
