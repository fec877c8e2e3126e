"use client";
/** Has what is missing scored, and follows it. */
import { useMutation } from "urql";
import { ScoreTransferDocument, type ScoreTransferInput } from "../../graphql/generated/graphql.ts";
import { useAskedAnalysis } from "../analyses/useAskedAnalysis.ts";

export function useScoreTransfer(onEnd: () => void) {
  const [, score] = useMutation(ScoreTransferDocument);
  return useAskedAnalysis({
    stored: null,
    ask: async (input: ScoreTransferInput) => {
      const { data, error } = await score({ input });
      return { answer: data?.scoreTransfer, error };
    },
    onEnd,
  });
}
