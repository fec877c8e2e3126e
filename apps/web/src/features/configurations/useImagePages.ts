"use client";
/** Loads the images of those configurations whose rows are shown, each once, and knows which could not be loaded. */
import { useCallback, useRef, useState } from "react";
import { useClient } from "urql";
import { ConfigurationImagesDocument } from "../../graphql/generated/graphql.ts";
import type { Image } from "./images.ts";

const none: ReadonlySet<number> = new Set();

export function useImagePages(runId: string, onArrival: (images: readonly Image[]) => void) {
  const client = useClient();
  const asked = useRef(new Set<number>());
  const [withoutImages, setWithout] = useState(none);
  const load = useCallback(
    (indexes: readonly number[]) => {
      if (indexes.length === 0) return;
      for (const index of indexes) asked.current.add(index);
      setWithout((before) => new Set([...before].filter((index) => !indexes.includes(index))));
      void client
        .query(ConfigurationImagesDocument, { id: runId, indexes: [...indexes] }, { requestPolicy: "network-only" })
        .toPromise()
        .then((result) => {
          const node = result.data?.node;
          if (node?.__typename === "AscentRun") onArrival(node.configurations?.flatMap(({ trajectories }) => trajectories) ?? []);
          else setWithout((before) => new Set([...before, ...indexes]));
        });
    },
    [client, runId, onArrival],
  );
  return {
    /** Loads the images of those that were not asked for before. */
    showImages: useCallback((indexes: readonly number[]) => load(indexes.filter((index) => !asked.current.has(index))), [load]),
    /** Those whose images could not be loaded. */
    withoutImages,
    retryImages: useCallback(() => load([...withoutImages]), [load, withoutImages]),
  };
}
