"use client";
/** Sends a fork, opens its page, and keeps the reason if the API refuses. */
import { useState } from "react";
import { useMutation } from "urql";
import { ForkRunDocument, type ForkRunInput } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";

export function useFork() {
  const router = useRouter();
  const [, fork] = useMutation(ForkRunDocument);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useAttemptKey();

  /** Resolves to whether the fork was created. */
  async function submit(input: Omit<ForkRunInput, "idempotencyKey">): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    const answer = await fork({ input: { ...input, idempotencyKey: key.of(input) } });
    const result = answer.data?.forkRun;
    if (result?.__typename === "ForkRunSuccess") {
      router.push(`/runs/${result.run.key}`);
      return true;
    }
    if (result !== undefined) key.forget();
    setProblem(mutationProblem(result, answer.error));
    setBusy(false);
    return false;
  }
  return { busy, problem, submit };
}
