"use client";
/** Locks or unlocks a run or an experiment. The button changes at once, and back if the API refuses. A run that is locked with its experiment is unlocked there. */
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  LockExperimentDocument,
  type LockMarkFragment,
  LockRunsDocument,
  UnlockExperimentDocument,
  UnlockRunsDocument,
} from "../../graphql/generated/graphql.ts";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUnanswered } from "../marks/useUnanswered.ts";

interface LockButtonProps {
  readonly noun: "run" | "experiment";
  readonly subject: { readonly id: string; readonly key: string };
  readonly lock: LockMarkFragment | null | undefined;
}

export function LockButton({ noun, subject, lock }: LockButtonProps) {
  const [locked, show] = useUnanswered(lock != null);
  const [, lockRuns] = useMutation(LockRunsDocument);
  const [, unlockRuns] = useMutation(UnlockRunsDocument);
  const [, lockExperiment] = useMutation(LockExperimentDocument);
  const [, unlockExperiment] = useMutation(UnlockExperimentDocument);
  if (lock?.withExperiment === true) return null;
  const needs: MutationName = noun === "run" ? (locked ? "unlockRuns" : "lockRuns") : locked ? "unlockExperiment" : "lockExperiment";
  const send = async (): Promise<string | null> => {
    if (noun === "experiment") {
      const { data, error } = await (locked ? unlockExperiment({ id: subject.id }) : lockExperiment({ id: subject.id }));
      return mutationProblem(data == null ? undefined : Object.values(data)[0], error);
    }
    const { data, error } = await (locked ? unlockRuns({ ids: [subject.id] }) : lockRuns({ ids: [subject.id] }));
    const answer = data == null ? undefined : "lockRuns" in data ? data.lockRuns : data.unlockRuns;
    if (answer?.__typename === "LockRunsSuccess") return answer.refused[0]?.message ?? null;
    return mutationProblem(answer, error);
  };
  const change = async () => {
    const problem = await show(!locked, send());
    if (problem !== null) toast.error(problem);
    else toast(locked ? `${subject.key} is unlocked` : `${subject.key} is locked: it cannot be changed, trashed or deleted`);
  };
  return (
    <Button needs={needs} onClick={() => void change()}>
      {locked ? "Unlock" : "Lock"}
    </Button>
  );
}
