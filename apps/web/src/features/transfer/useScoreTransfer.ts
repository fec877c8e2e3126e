"use client";
/** Has what is missing scored, and follows it. */
import { useState } from "react";
import { useMutation } from "urql";
import { ScoreTransferDocument, type ScoreTransferInput } from "../../graphql/generated/graphql.ts";
import { useAnalysis } from "../analyses/useAnalysis.ts";

export function useScoreTransfer(onEnd: () => void) {
  const [{ fetching }, score] = useMutation(ScoreTransferDocument);
  const [id, setId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const analysis = useAnalysis(id, onEnd);
  const start = async (input: ScoreTransferInput) => {
    const { data, error } = await score({ input });
    const answer = data?.scoreTransfer;
    if (answer?.__typename === "StartAnalysisSuccess") {
      setProblem(null);
      setId(answer.analysis.id);
    } else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? "The API did not answer. Nothing was asked; try again.");
  };
  const busy = fetching || (id !== null && (analysis === null || analysis.state === "QUEUED" || analysis.state === "RUNNING"));
  return { analysis, busy, problem, start };
}
