"use client";
/** An analysis that a page can ask for: the one that was under way when somebody came, or the one just asked for, until it has ended. */
import { useState } from "react";
import type { CombinedError } from "urql";
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { useAnalysis } from "./useAnalysis.ts";

type Answer =
  | { readonly __typename: "StartAnalysisSuccess"; readonly analysis: { readonly id: string } }
  | { readonly __typename: string; readonly message: string };

interface AskedOptions<Input extends readonly unknown[]> {
  /** The last one that was stored. */
  readonly stored: Pick<AnalysisStateFragment, "id" | "state"> | null;
  readonly ask: (...input: Input) => Promise<{ readonly answer: Answer | undefined; readonly error: CombinedError | undefined }>;
  readonly onEnd: () => void;
}

export interface AskedAnalysis<Input extends readonly unknown[] = []> {
  readonly analysis: AnalysisStateFragment | null;
  readonly busy: boolean;
  /** Why it was not taken on. */
  readonly problem: string | null;
  readonly start: (...input: Input) => Promise<void>;
}

function isUnderWay({ state }: Pick<AnalysisStateFragment, "state">): boolean {
  return state === "QUEUED" || state === "RUNNING";
}

export function useAskedAnalysis<Input extends readonly unknown[] = []>({ stored, ask, onEnd }: AskedOptions<Input>): AskedAnalysis<Input> {
  const [asking, setAsking] = useState(false);
  const [startedId, setStartedId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const id = startedId ?? (stored !== null && isUnderWay(stored) ? stored.id : null);
  const analysis = useAnalysis(id, onEnd);
  const start = async (...input: Input) => {
    setAsking(true);
    const { answer, error } = await ask(...input);
    setAsking(false);
    if (answer !== undefined && "analysis" in answer) {
      setProblem(null);
      setStartedId(answer.analysis.id);
    } else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? "The API did not answer. Nothing was asked; try again.");
  };
  return { analysis, busy: asking || (id !== null && (analysis === null || isUnderWay(analysis))), problem, start };
}
