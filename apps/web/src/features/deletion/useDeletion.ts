"use client";
/** The state of a deletion: whether its dialog is open, whether it is running, and the error if it failed. */
import { useState } from "react";
import type { CombinedError } from "urql";
import { plainMessage } from "../marks/ErrorState.tsx";

type Answer = { readonly __typename: string; readonly deletedId: string } | { readonly __typename: string; readonly message: string };

interface DeletionOptions {
  remove(): Promise<{ readonly answer: Answer | undefined; readonly error: CombinedError | undefined }>;
  onDeleted(): void;
}

export function useDeletion({ remove, onDeleted }: DeletionOptions) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    open,
    busy,
    problem,
    openDialog: () => {
      setProblem(null);
      setOpen(true);
    },
    close: () => setOpen(false),
    confirm: async () => {
      setBusy(true);
      const { answer, error } = await remove();
      setBusy(false);
      if (answer !== undefined && "deletedId" in answer) {
        setOpen(false);
        onDeleted();
      } else setProblem(answer?.message ?? plainMessage(error?.message ?? "The API did not answer. Nothing was deleted."));
    },
  };
}
