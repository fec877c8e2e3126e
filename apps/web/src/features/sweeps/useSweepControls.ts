"use client";
/** Pauses, resumes and cancels a sweep. Returns the pending action, and shows the reason if the API refuses. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { CancelSweepDocument, PauseSweepDocument, ResumeSweepDocument } from "../../graphql/generated/graphql.ts";
import { failureOf } from "../run/useRunControls.ts";

export type SweepAction = "pause" | "resume" | "cancel";

export function useSweepControls(sweepId: string) {
  const [pending, setPending] = useState<SweepAction | null>(null);
  const [, pause] = useMutation(PauseSweepDocument);
  const [, resume] = useMutation(ResumeSweepDocument);
  const [, cancel] = useMutation(CancelSweepDocument);
  const perform = (action: SweepAction) => {
    if (pending !== null) return;
    setPending(action);
    const send = { pause, resume, cancel }[action];
    void send({ sweepId }).then((result) => {
      const reason = failureOf(result);
      if (reason !== null) toast.error(`Could not ${action} the sweep. ${reason}`);
      setPending(null);
    });
  };
  return { pending, perform };
}
