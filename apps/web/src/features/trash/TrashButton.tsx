"use client";
/** The button on a run's or experiment's page that moves it to the trash. A dialog first lists what it contains. */
import { useState } from "react";
import { useRouter } from "../addresses/navigation.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { TrashContents, useTrashPreview } from "./TrashContents.tsx";
import { type TrashSubject, useTrash } from "./useTrash.ts";

interface TrashButtonProps {
  readonly noun: "run" | "experiment";
  readonly subject: TrashSubject;
  /** The subject's own page, which undoing opens again. */
  readonly page: string;
  /** The page to show afterwards. */
  readonly next: string;
  /** Why it cannot be moved now; null if it can. */
  readonly refusal: string | null;
}

function runningText(running: number, noun: "run" | "experiment"): string {
  if (noun === "run") return "It is running and will be cancelled. Restoring it does not resume it.";
  return running === 1
    ? "One of its runs is running and will be cancelled. Restoring it does not resume it."
    : `${running} of its runs are running. They are cancelled, and restoring them does not resume them.`;
}

export function TrashButton({ noun, subject, page, next, refusal }: TrashButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { trash } = useTrash(noun);
  const counted = useTrashPreview([subject.id], !open);
  const running = counted.preview?.running ?? 0;
  const confirm = async () => {
    setBusy(true);
    const moved = await trash([subject], () => router.push(page));
    setBusy(false);
    setOpen(false);
    if (moved) router.push(next);
  };
  return (
    <>
      <Button needs={noun === "run" ? "trashRuns" : "trashExperiments"} refusal={refusal} onClick={() => setOpen(true)}>
        Move to trash
      </Button>
      <Dialog title={`Move ${subject.key} to the trash`} open={open} onClose={() => setOpen(false)}>
        <p className="second">You can restore it from the trash. Until then, it is hidden everywhere else and its links do not work.</p>
        {running > 0 ? <p>{runningText(running, noun)}</p> : null}
        <TrashContents {...counted} heading="Deleting it from the trash later removes:" />
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button look="primary" disabled={busy} onClick={() => void confirm()}>
            {busy ? "Moving" : "Move to trash"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
