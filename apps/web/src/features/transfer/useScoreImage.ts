"use client";
/** Starts and follows the analysis that scores an image with the models that have not scored it. */
import { useMutation } from "urql";
import { type AnalysisStateFragment, ScoreImageDocument } from "../../graphql/generated/graphql.ts";
import { type AnalysisControls, useAnalysisControls } from "../analyses/useAnalysisControls.ts";

interface ScoredImage {
  readonly id: string;
  readonly scoring?: AnalysisStateFragment | null;
}

export function useScoreImage({ id, scoring = null }: ScoredImage, onEnd: () => void): AnalysisControls {
  const [, score] = useMutation(ScoreImageDocument);
  return useAnalysisControls({
    stored: scoring,
    request: async () => {
      const { data, error } = await score({ input: { imageId: id } });
      return { answer: data?.scoreImage, error };
    },
    onEnd,
  });
}
