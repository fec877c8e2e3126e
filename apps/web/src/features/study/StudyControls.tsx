"use client";
/** Pauses, resumes, closes, archives, restores and forks a study. Closing needs a confirmation, since no vote can follow. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { ChangeStudyStateDocument, ForkStudyDocument, type StudyOnPageFragment, type StudyState } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";

export function StudyControls({ study }: { readonly study: StudyOnPageFragment }) {
  const router = useRouter();
  const { may } = usePermissions();
  const [, sendState] = useMutation(ChangeStudyStateDocument);
  const [, sendFork] = useMutation(ForkStudyDocument);
  const [pending, setPending] = useState<StudyState | "FORK" | null>(null);
  const [confirming, setConfirming] = useState(false);
  const forkKey = useAttemptKey();
  const { state, key } = study;
  const change = async (to: StudyState) => {
    setPending(to);
    const { data, error } = await sendState({ input: { studyId: study.id, state: to } });
    setPending(null);
    const problem = mutationProblem(data?.changeStudyState, error);
    if (problem !== null) toast.error(`${key} was not changed. ${problem}`);
  };
  const fork = async () => {
    setPending("FORK");
    const { data, error } = await sendFork({ input: { studyId: study.id, idempotencyKey: forkKey.of(study.id) } });
    const answer = data?.forkStudy;
    if (answer?.__typename === "StudySuccess") return router.push(`/studies/${answer.study.key}`);
    if (answer !== undefined) forkKey.forget();
    setPending(null);
    toast.error(`${key} was not forked. ${mutationProblem(answer, error)}`);
  };
  const busy = pending !== null;
  useShortcut("p", () => void change(state === "OPEN" ? "PAUSED" : "OPEN"), {
    enabled: !busy && (state === "OPEN" || state === "PAUSED") && may("changeStudyState"),
  });
  return (
    <>
      {state === "OPEN" ? (
        <Button needs="changeStudyState" shortcut="P" disabled={busy} onClick={() => void change("PAUSED")}>
          {pending === "PAUSED" ? "Pausing" : "Pause"}
        </Button>
      ) : null}
      {state === "PAUSED" ? (
        <Button look="primary" needs="changeStudyState" shortcut="P" disabled={busy} onClick={() => void change("OPEN")}>
          {pending === "OPEN" ? "Resuming" : "Resume"}
        </Button>
      ) : null}
      {state === "OPEN" || state === "PAUSED" ? (
        <Button needs="changeStudyState" disabled={busy} onClick={() => setConfirming(true)}>
          {pending === "CLOSED" ? "Closing" : "Close"}
        </Button>
      ) : null}
      {state === "CLOSED" ? (
        <Button needs="changeStudyState" disabled={busy} onClick={() => void change("ARCHIVED")}>
          {pending === "ARCHIVED" ? "Archiving" : "Archive"}
        </Button>
      ) : null}
      {state === "ARCHIVED" ? (
        <Button needs="changeStudyState" disabled={busy} onClick={() => void change("CLOSED")}>
          Unarchive
        </Button>
      ) : null}
      <Button needs="forkStudy" disabled={busy} onClick={() => void fork()}>
        {pending === "FORK" ? "Forking" : "Fork"}
      </Button>
      <Dialog title={`Close ${key}`} open={confirming} onClose={() => setConfirming(false)}>
        <p className="second">
          Voting ends for good, also for people who have started. Votes so far are kept. To stop for a while, pause the study instead.
        </p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setConfirming(false)}>Keep it open</Button>
          <Button
            look="primary"
            onClick={() => {
              setConfirming(false);
              void change("CLOSED");
            }}
          >
            Close the study
          </Button>
        </div>
      </Dialog>
    </>
  );
}
