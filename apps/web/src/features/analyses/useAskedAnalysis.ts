"use client";
/** An analysis that a page can start and cancel: the one just started, or the one that was already running when the page was opened. */
import { useState } from "react";
import type { CombinedError } from "urql";
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { isUnderWay } from "./isUnderWay.ts";
import { useAnalysis } from "./useAnalysis.ts";
import { useCancelAnalysis } from "./useCancelAnalysis.ts";

type Answer =
  | { readonly __typename: "StartAnalysisSuccess"; readonly analysis: { readonly id: string } }
  | { readonly __typename: string; readonly message: string };

interface AskedOptions {
  /** The last one that was stored. */
  readonly stored: AnalysisStateFragment | null;
  readonly ask: () => Promise<{ readonly answer: Answer | undefined; readonly error: CombinedError | undefined }>;
  readonly onEnd: () => void;
}

export interface AskedAnalysis {
  /** The analysis being followed, else the last one stored. */
  readonly analysis: AnalysisStateFragment | null;
  readonly busy: boolean;
  /** Why it was not started. */
  readonly problem: string | null;
  readonly start: () => Promise<void>;
  /** Null while there is nothing to cancel. */
  readonly cancel: (() => Promise<void>) | null;
}

export function useAskedAnalysis({ stored, ask, onEnd }: AskedOptions): AskedAnalysis {
  const [asking, setAsking] = useState(false);
  const [startedId, setStartedId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const id = startedId ?? (stored !== null && isUnderWay(stored) ? stored.id : null);
  const followed = useAnalysis(id, onEnd);
  const start = async () => {
    setAsking(true);
    const { answer, error } = await ask();
    setAsking(false);
    if (answer !== undefined && "analysis" in answer) {
      setProblem(null);
      setStartedId(answer.analysis.id);
    } else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? "The API did not answer. Nothing was started; try again.");
  };
  const busy = asking || (id !== null && (followed === null || isUnderWay(followed)));
  // How the stored analysis ended says nothing about one started since.
  const analysis = followed ?? (startedId === null ? stored : null);
  const { cancel, cancelling } = useCancelAnalysis();
  const cancellable = analysis !== null && isUnderWay(analysis) && !cancelling;
  return { analysis, busy, problem, start, cancel: cancellable ? () => cancel(analysis.id) : null };
}
