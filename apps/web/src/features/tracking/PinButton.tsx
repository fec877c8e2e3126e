"use client";
/** Pins a run or experiment to the top of the viewer's own lists. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { PinDocument, UnpinDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUnanswered } from "../marks/useUnanswered.ts";
import styles from "./Tracking.module.css";

interface PinButtonProps {
  readonly subject: { readonly id: string; readonly key: string; readonly pinned: boolean };
  /** Reads a list again whose order has changed. */
  readonly onPinned?: () => void;
}

export function PinButton({ subject, onPinned }: PinButtonProps) {
  const [pinned, show] = useUnanswered(subject.pinned);
  const [, pin] = useMutation(PinDocument);
  const [, unpin] = useMutation(UnpinDocument);
  const toggle = async () => {
    const input = { subjectId: subject.id };
    const { data, error } = pinned ? await show(false, unpin({ input })) : await show(true, pin({ input }));
    const answer = data == null ? undefined : "pin" in data ? data.pin : data.unpin;
    const problem = mutationProblem(answer, error);
    if (problem !== null) toast.error(`${subject.key} was not ${pinned ? "unpinned" : "pinned"}. ${problem}`);
    else onPinned?.();
  };
  return (
    <button
      type="button"
      className={styles.pin}
      aria-pressed={pinned}
      aria-label={`Pin ${subject.key}`}
      title={pinned ? "Pinned to the top of your lists" : "Pin to the top of your lists"}
      onClick={() => void toggle()}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d="M7 1.2l1.8 3.7 4 .6-2.9 2.8.7 4L7 10.4l-3.6 1.9.7-4L1.2 5.5l4-.6z" />
      </svg>
    </button>
  );
}
