"use client";
/** Pauses, resumes and cancels a run. Returns the pending action, and shows the reason if the API refuses. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { CancelRunDocument, PauseRunDocument, ResumeRunDocument } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";

export type RunAction = "pause" | "resume" | "cancel";

interface MutationResult {
  readonly error?: { readonly message: string } | undefined;
  readonly data?: object | null | undefined;
}

/** Why a mutation failed; null if it succeeded. */
export function failureOf({ error, data }: MutationResult): string | null {
  if (error) return plainMessage(error.message);
  const payload: unknown = data ? Object.values(data)[0] : null;
  if (typeof payload === "object" && payload !== null && "message" in payload) return String(payload.message);
  return null;
}

export function useRunControls(runId: string) {
  const [pendingAction, setPendingAction] = useState<RunAction | null>(null);
  const [, pause] = useMutation(PauseRunDocument);
  const [, resume] = useMutation(ResumeRunDocument);
  const [, cancel] = useMutation(CancelRunDocument);
  const perform = (action: RunAction) => {
    if (pendingAction !== null) return;
    setPendingAction(action);
    const send = { pause, resume, cancel }[action];
    void send({ runId }).then((result) => {
      const reason = failureOf(result);
      if (reason !== null) toast.error(`Could not ${action} the run. ${reason}`);
      setPendingAction(null);
    });
  };
  return { pendingAction, perform };
}
