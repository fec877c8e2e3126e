"use client";
/** Sends changes of jobs that make files, such as cancelling one, one at a time for each job, and says how each ended. */
import { useState } from "react";
import { toast } from "sonner";

interface JobChange {
  readonly id: string;
  /** Resolves to the reason if it failed. */
  send(): Promise<string | null>;
  /** Said after it succeeded. */
  readonly done: string;
}

/** @param onChanged Called after each change, also a failed one. */
export function useJobChanges(onChanged: () => void) {
  const [busy, setBusy] = useState<string | null>(null);
  return {
    /** The ID of the job that is being changed. */
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
