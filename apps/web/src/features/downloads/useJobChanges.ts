"use client";
/** Sends changes to jobs that make files, such as cancelling or deleting one, and reports each result in a toast. */
import { useState } from "react";
import { toast } from "sonner";

interface JobChange {
  readonly id: string;
  /** Resolves to the reason for a failure, or to null. */
  send(): Promise<string | null>;
  /** Message after success. */
  readonly done: string;
}

/** @param onChanged Called after each change, even if it failed. */
export function useJobChanges(onChanged: () => void) {
  const [busy, setBusy] = useState<string | null>(null);
  return {
    /** ID of the job with a change in progress. */
    busy,
    async change({ id, send, done }: JobChange): Promise<void> {
      setBusy(id);
      const problem = await send();
      setBusy(null);
      if (problem === null) toast(done);
      else toast.error(problem);
      onChanged();
    },
  };
}
