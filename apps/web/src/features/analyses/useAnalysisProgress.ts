"use client";
/** Polls an analysis until it ends, then calls `onEnd` once. */
import { useEffect, useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AnalysisProgressDocument, type AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { isInProgress } from "./isInProgress.ts";

const pollMilliseconds = 800;

export function useAnalysisProgress(id: string | null, onEnd: () => void): AnalysisStateFragment | null {
  const { data } = useLiveQuery({
    query: AnalysisProgressDocument,
    variables: { id: id ?? "" },
    pause: id === null,
    requestPolicy: "network-only",
    keepPrevious: false,
    poll: (last) => (last?.node?.__typename === "Analysis" && !isInProgress(last.node) ? null : pollMilliseconds),
  });
  const node = id !== null && data?.node?.__typename === "Analysis" ? data.node : null;
  const ended = node !== null && !isInProgress(node);
  const latestOnEnd = useRef(onEnd);
  latestOnEnd.current = onEnd;
  useEffect(() => {
    if (id !== null && ended) latestOnEnd.current();
  }, [id, ended]);
  return node;
}
