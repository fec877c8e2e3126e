"use client";
/** A list to choose from, whole: all of its pages, asked anew whenever somebody comes; where all are here already, those until then. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { type RequestPolicy, type TypedDocumentNode, useClient } from "urql";
import { type EveryPage, type Page, readEveryPage, readKnownPages } from "./readEveryPage.ts";

interface Paged {
  readonly after?: string | null | undefined;
}

interface Held<Node> {
  readonly question: string;
  readonly all: EveryPage<Node>;
}

/** `variables` are compared by their text, and null asks nothing; `listOf` must be the same function at every call. */
export function useEveryPage<Data, Variables extends Paged, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "after"> | null,
  listOf: (data: Data) => Page<Node>,
  requestPolicy: RequestPolicy = "cache-and-network",
) {
  const client = useClient();
  const question = variables === null ? null : JSON.stringify(variables);
  const [held, setHeld] = useState<Held<Node> | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks the same again
  useEffect(() => {
    if (question === null) return;
    let current = true;
    void readEveryPage(async (after) => {
      const asked = { ...JSON.parse(question), after } as Variables;
      const { data, error } = await client.query(query, asked, { requestPolicy }).toPromise();
      return { page: data === undefined ? undefined : listOf(data), error };
    }).then((all) => {
      if (current) setHeld({ question, all });
    });
    return () => {
      current = false;
    };
  }, [client, query, question, listOf, requestPolicy, attempt]);
  const known = useMemo(() => {
    if (question === null) return undefined;
    return readKnownPages((after) => {
      const asked = { ...JSON.parse(question), after } as Variables;
      const data = client.readQuery(query, asked, { requestPolicy: "cache-only" })?.data;
      return data ? listOf(data) : undefined;
    });
  }, [client, query, question, listOf]);
  const all = held?.question === question ? held.all : null;
  return {
    /** Undefined until all are here. */
    nodes: all !== null && "nodes" in all ? all.nodes : known,
    /** Why they did not come, or not anew. */
    error: all !== null && "error" in all ? all.error : undefined,
    retry: useCallback(() => setAttempt((count) => count + 1), []),
  };
}
