"use client";
/** Polls an analysis until it has ended, then calls `onEnd` once. */
import { useEffect, useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AnalysisProgressDocument, type AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { isUnderWay } from "./isUnderWay.ts";

const pollMilliseconds = 800;

export function useAnalysis(id: string | null, onEnd: () => void): AnalysisStateFragment | null {
  const { data } = useLiveQuery({
    query: AnalysisProgressDocument,
    variables: { id: id ?? "" },
    pause: id === null,
    requestPolicy: "network-only",
    keepPrevious: false,
    poll: (last) => (last?.node?.__typename === "Analysis" && !isUnderWay(last.node) ? null : pollMilliseconds),
  });
  const node = id !== null && data?.node?.__typename === "Analysis" ? data.node : null;
  const ended = node !== null && !isUnderWay(node);
  const tell = useRef(onEnd);
  tell.current = onEnd;
  useEffect(() => {
    if (id !== null && ended) tell.current();
  }, [id, ended]);
  return node;
}
