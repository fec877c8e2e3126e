"use client";
/** An analysis that a page can ask for: the one that was under way when somebody came, or the one just asked for, until it has ended. */
import { useState } from "react";
import type { CombinedError } from "urql";
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { useAnalysis } from "./useAnalysis.ts";

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
  /** The one that is followed; where none is, the last that was stored. */
  readonly analysis: AnalysisStateFragment | null;
  readonly busy: boolean;
  /** Why it was not taken on. */
  readonly problem: string | null;
  readonly start: () => Promise<void>;
}

function isUnderWay({ state }: Pick<AnalysisStateFragment, "state">): boolean {
  return state === "QUEUED" || state === "RUNNING";
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
    } else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? "The API did not answer. Nothing was asked; try again.");
  };
  const busy = asking || (id !== null && (followed === null || isUnderWay(followed)));
  // How the stored one ended says nothing of one that was started since.
  return { analysis: followed ?? (startedId === null ? stored : null), busy, problem, start };
}
