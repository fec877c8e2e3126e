"use client";
/** Polls an analysis until it has ended, then calls `onEnd` once. */
import { useEffect, useRef } from "react";
import { useQuery } from "urql";
import { useLookAgain } from "../../graphql/client/useLookAgain.ts";
import { AnalysisProgressDocument, type AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { isUnderWay } from "./isUnderWay.ts";

const lookAgainAfter = 800;

export function useAnalysis(id: string | null, onEnd: () => void): AnalysisStateFragment | null {
  const asked = useQuery({
    query: AnalysisProgressDocument,
    variables: { id: id ?? "" },
    pause: id === null,
    requestPolicy: "network-only",
  });
  const [{ data }] = asked;
  const node = id !== null && data?.node?.__typename === "Analysis" && data.node.id === id ? data.node : null;
  const ended = node !== null && !isUnderWay(node);
  const tell = useRef(onEnd);
  tell.current = onEnd;
  useEffect(() => {
    if (id !== null && ended) tell.current();
  }, [id, ended]);
  useLookAgain(asked, id === null || ended ? null : lookAgainAfter);
  return node;
}
