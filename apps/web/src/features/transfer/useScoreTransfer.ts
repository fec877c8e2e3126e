"use client";
/** Starts and follows the analysis that scores the missing pairs of a transfer matrix. */
import { useMutation } from "urql";
import { type AnalysisStateFragment, ScoreTransferDocument, type ScoreTransferInput } from "../../graphql/generated/graphql.ts";
import { type AnalysisControls, useAnalysisControls } from "../analyses/useAnalysisControls.ts";

interface TransferToScore {
  readonly input: ScoreTransferInput;
  /** The last analysis started for the same runs. */
  readonly stored: AnalysisStateFragment | null;
  readonly onEnd: () => void;
}

export function useScoreTransfer({ input, stored, onEnd }: TransferToScore): AnalysisControls {
  const [, score] = useMutation(ScoreTransferDocument);
  return useAnalysisControls({
    stored,
    request: async () => {
      const { data, error } = await score({ input });
      return { answer: data?.scoreTransfer, error };
    },
    onEnd,
  });
}
