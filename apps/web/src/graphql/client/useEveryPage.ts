"use client";
/** A list to choose from, whole: all of its pages, asked anew whenever somebody comes. */
import { useCallback, useEffect, useState } from "react";
import { type TypedDocumentNode, useClient } from "urql";
import { type EveryPage, type Page, readEveryPage } from "./readEveryPage.ts";

interface Paged {
  readonly after?: string | null | undefined;
}

interface Held<Node> {
  readonly question: string;
  readonly all: EveryPage<Node>;
}

/** `variables` are compared by their text; `listOf` must be the same function at every call. */
export function useEveryPage<Data, Variables extends Paged, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "after">,
  listOf: (data: Data) => Page<Node>,
) {
  const client = useClient();
  const question = JSON.stringify(variables);
  const [held, setHeld] = useState<Held<Node> | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks the same again
  useEffect(() => {
    let current = true;
    void readEveryPage(async (after) => {
      const asked = { ...JSON.parse(question), after } as Variables;
      const { data, error } = await client.query(query, asked, { requestPolicy: "cache-and-network" }).toPromise();
      return { page: data === undefined ? undefined : listOf(data), error };
    }).then((all) => {
      if (current) setHeld({ question, all });
    });
    return () => {
      current = false;
    };
  }, [client, query, question, listOf, attempt]);
  const all = held?.question === question ? held.all : null;
  return {
    /** Undefined until all are here. */
    nodes: all !== null && "nodes" in all ? all.nodes : undefined,
    /** Why they did not come. */
    error: all !== null && "error" in all ? all.error : undefined,
    retry: useCallback(() => setAttempt((count) => count + 1), []),
  };
}
