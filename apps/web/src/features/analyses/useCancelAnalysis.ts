"use client";
/** Cancels an analysis and shows the reason if the API refuses. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { CancelAnalysisDocument } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";

export function useCancelAnalysis() {
  const [{ fetching }, cancel] = useMutation(CancelAnalysisDocument);
  return {
    cancelling: fetching,
    cancel: async (analysisId: string): Promise<void> => {
      const { data, error } = await cancel({ analysisId });
      const answer = data?.cancelAnalysis;
      if (answer?.__typename === "CancelAnalysisSuccess") return;
      const reason = answer?.message ?? plainMessage(error?.message ?? "The API did not answer.");
      toast.error(`The analysis could not be cancelled. ${reason}`);
    },
  };
}
