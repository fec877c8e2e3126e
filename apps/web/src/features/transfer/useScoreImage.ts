"use client";
/** Scores one image with the models that have not scored it, and follows the analysis. */
import { useMutation } from "urql";
import { type AnalysisStateFragment, ScoreImageDocument } from "../../graphql/generated/graphql.ts";
import { type AskedAnalysis, useAskedAnalysis } from "../analyses/useAskedAnalysis.ts";

interface ScoredImage {
  readonly id: string;
  readonly scoring?: AnalysisStateFragment | null;
}

export function useScoreImage({ id, scoring = null }: ScoredImage, onEnd: () => void): AskedAnalysis {
  const [, score] = useMutation(ScoreImageDocument);
  return useAskedAnalysis({
    stored: scoring,
    ask: async () => {
      const { data, error } = await score({ input: { imageId: id } });
      return { answer: data?.scoreImage, error };
    },
    onEnd,
  });
}
