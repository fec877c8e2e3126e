"use client";
/** Pause, resume, cancel: answers at once in the page, and says why when the API refuses. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { CancelRunDocument, PauseRunDocument, ResumeRunDocument } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";

export type RunWish = "pause" | "resume" | "cancel";

interface Outcome {
  readonly error?: { readonly message: string } | undefined;
  readonly data?: object | null | undefined;
}

function refusal({ error, data }: Outcome): string | null {
  if (error) return plainMessage(error.message);
  const payload: unknown = data ? Object.values(data)[0] : null;
  if (typeof payload === "object" && payload !== null && "message" in payload) return String(payload.message);
  return null;
}

export function useRunControls(runId: string) {
  const [wish, setWish] = useState<RunWish | null>(null);
  const [, pause] = useMutation(PauseRunDocument);
  const [, resume] = useMutation(ResumeRunDocument);
  const [, cancel] = useMutation(CancelRunDocument);
  const ask = (next: RunWish) => {
    if (wish !== null) return;
    setWish(next);
    const send = { pause, resume, cancel }[next];
    void send({ runId }).then((outcome) => {
      const reason = refusal(outcome);
      if (reason !== null) toast.error(`The run did not ${next}. ${reason}`);
      setWish(null);
    });
  };
  return { wish, ask };
}
