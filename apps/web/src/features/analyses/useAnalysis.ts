"use client";
/** Follows a computation that was asked for until it has ended, then says so once. */
import { useEffect, useRef } from "react";
import { useQuery } from "urql";
import { useLookAgain } from "../../graphql/client/useLookAgain.ts";
import { AnalysisProgressDocument, type AnalysisStateFragment } from "../../graphql/generated/graphql.ts";

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
  const ended = node !== null && (node.state === "SUCCEEDED" || node.state === "FAILED");
  const tell = useRef(onEnd);
  tell.current = onEnd;
  useEffect(() => {
    if (id !== null && ended) tell.current();
  }, [id, ended]);
  useLookAgain(asked, id === null || ended ? null : lookAgainAfter);
  return node;
}
