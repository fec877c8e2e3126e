"use client";
/** Lets more voters without an account take part in an open study. */
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { RaiseVoterLimitDocument, type StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { NumberInput } from "../studyBuilder/NumberInput.tsx";

const mostVoters = 1_000_000;

interface RaiseLimitProps {
  readonly study: Pick<StudyOnPageFragment, "id" | "key">;
  readonly limit: number;
  readonly onRaised: () => void;
}

export function RaiseLimit({ study, limit, onRaised }: RaiseLimitProps) {
  const [, send] = useMutation(RaiseVoterLimitDocument);
  const [isOpen, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const [next, setNext] = useState<number | null>(null);
  const raise = async (event: FormEvent) => {
    event.preventDefault();
    if (next === null || next <= limit) return;
    setSending(true);
    const { data, error } = await send({ input: { studyId: study.id, limit: next } });
    setSending(false);
    const problem = mutationProblem(data?.raiseVoterLimit, error);
    if (problem !== null) return toast.error(`The number of voters of ${study.key} was not changed. ${problem}`);
    setOpen(false);
    toast(`${study.key} takes ${formatCount(next)} voters without an account.`);
    onRaised();
  };
  return (
    <>
      <Button
        needs="raiseVoterLimit"
        onClick={() => {
          setNext(limit + 1);
          setOpen(true);
        }}
      >
        Add places
      </Button>
      <Dialog title={`Add places to ${study.key}`} open={isOpen} onClose={() => setOpen(false)}>
        <form onSubmit={(event) => void raise(event)}>
          <p className="second">
            The study takes {formatCount(limit)} voters without an account. The number is no part of the plan, so the plan and its hash do
            not change. The audit log keeps the change.
          </p>
          <NumberInput
            label="Voters without an account"
            value={next}
            minimum={limit + 1}
            maximum={mostVoters}
            onChange={(value) => setNext(value)}
          />
          <div className={dialogStyles.dialogActions}>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button look="primary" type="submit" needs="raiseVoterLimit" disabled={isSending || next === null || next <= limit}>
              Add places
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
