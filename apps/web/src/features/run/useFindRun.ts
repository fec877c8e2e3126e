"use client";
/** From a run's key, as the address bar has it, to its id. Looks again for as long as the API does not answer or knows no such run: it may be started yet. */
import { useEffect, useState } from "react";
import { type RequestPolicy, useClient } from "urql";
import { FindRunsDocument } from "../../graphql/generated/graphql.ts";

const lookAgainMilliseconds = 4_000;

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function look(requestPolicy: RequestPolicy): Promise<FoundRun> {
      const fetchPage = (after: string | null) => client.query(FindRunsDocument, { search: key, after }, { requestPolicy }).toPromise();
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
    async function lookUntilFound(requestPolicy: RequestPolicy): Promise<void> {
      const outcome = await look(requestPolicy);
      if (!current) return;
      // What the cache does not know may have been started since.
      if (outcome.status === "missing" && requestPolicy === "cache-first") return lookUntilFound("network-only");
      setFound(outcome);
      if (outcome.status !== "found") timer = setTimeout(() => void lookUntilFound("network-only"), lookAgainMilliseconds);
    }
    void lookUntilFound(attempt === 0 ? "cache-first" : "network-only");
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, key, attempt]);
  return [found, () => setAttempt((count) => count + 1)];
}
