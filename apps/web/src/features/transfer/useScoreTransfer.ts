"use client";
/** Has what is missing scored, and follows it. */
import { useMutation } from "urql";
import { ScoreTransferDocument, type ScoreTransferInput } from "../../graphql/generated/graphql.ts";
import { type AskedAnalysis, useAskedAnalysis } from "../analyses/useAskedAnalysis.ts";

export function useScoreTransfer(input: ScoreTransferInput, onEnd: () => void): AskedAnalysis {
  const [, score] = useMutation(ScoreTransferDocument);
  return useAskedAnalysis({
    stored: null,
    ask: async () => {
      const { data, error } = await score({ input });
      return { answer: data?.scoreTransfer, error };
    },
    onEnd,
  });
}
