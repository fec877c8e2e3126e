"use client";
/** From a run's key, as the address bar has it, to its id. */
import { useEffect, useState } from "react";
import { useClient } from "urql";
import { FindRunsDocument } from "../../graphql/generated/graphql.ts";

export type FoundRun =
  | { readonly status: "looking" }
  | { readonly status: "found"; readonly id: string }
  | { readonly status: "missing" }
  | { readonly status: "failed"; readonly message: string };

export function useFindRun(key: string): readonly [FoundRun, () => void] {
  const client = useClient();
  const [found, setFound] = useState<FoundRun>({ status: "looking" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    async function look(): Promise<FoundRun> {
      let after: string | null = null;
      for (;;) {
        const result: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(after);
        if (result.error) return { status: "failed", message: result.error.message };
        const page = result.data?.runs;
        const run = page?.nodes.find((node) => node.key === key);
        if (run) return { status: "found", id: run.id };
        if (!page?.pageInfo.hasNextPage || !page.pageInfo.endCursor) return { status: "missing" };
        after = page.pageInfo.endCursor;
      }
    }
    const fetchPage = (after: string | null) =>
      client.query(FindRunsDocument, { search: key, after }, { requestPolicy: attempt === 0 ? "cache-first" : "network-only" }).toPromise();
    void look().then((outcome) => {
      if (current) setFound(outcome);
    });
    return () => {
      current = false;
    };
  }, [client, key, attempt]);
  return [found, () => setAttempt((count) => count + 1)];
}
