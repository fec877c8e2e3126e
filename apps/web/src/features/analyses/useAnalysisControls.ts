"use client";
/** Starts, follows and cancels an analysis, including one that was already running when the page opened. */
import { useState } from "react";
import type { CombinedError } from "urql";
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { isInProgress } from "./isInProgress.ts";
import { useAnalysisProgress } from "./useAnalysisProgress.ts";
import { useCancelAnalysis } from "./useCancelAnalysis.ts";

type Answer =
  | { readonly __typename: "StartAnalysisSuccess"; readonly analysis: { readonly id: string } }
  | { readonly __typename: string; readonly message: string };

interface AnalysisControlsOptions {
  /** The last stored analysis. */
  readonly stored: AnalysisStateFragment | null;
  /** Sends the mutation that starts the analysis. */
  readonly request: () => Promise<{ readonly answer: Answer | undefined; readonly error: CombinedError | undefined }>;
  readonly onEnd: () => void;
}

export interface AnalysisControls {
  /** The analysis being followed, otherwise the last stored one. */
  readonly analysis: AnalysisStateFragment | null;
  readonly busy: boolean;
  /** The error if it could not be started. */
  readonly problem: string | null;
  readonly start: () => Promise<void>;
  /** Null while there is nothing to cancel. */
  readonly cancel: (() => Promise<void>) | null;
}

export function useAnalysisControls({ stored, request, onEnd }: AnalysisControlsOptions): AnalysisControls {
  const [starting, setStarting] = useState(false);
  const [startedId, setStartedId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const id = startedId ?? (stored !== null && isInProgress(stored) ? stored.id : null);
  const followed = useAnalysisProgress(id, onEnd);
  const start = async () => {
    setStarting(true);
    const { answer, error } = await request();
    setStarting(false);
    if (answer !== undefined && "analysis" in answer) {
      setProblem(null);
      setStartedId(answer.analysis.id);
    } else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? "The API did not answer. Nothing was started; try again.");
  };
  const busy = starting || (id !== null && (followed === null || isInProgress(followed)));
  // The state of the stored analysis does not apply to one started since.
  const analysis = followed ?? (startedId === null ? stored : null);
  const { cancel, cancelling } = useCancelAnalysis();
  const cancellable = analysis !== null && isInProgress(analysis) && !cancelling;
  return { analysis, busy, problem, start, cancel: cancellable ? () => cancel(analysis.id) : null };
}
