"use client";
/** The dialog that opens a norming room for the most disputed images of a study. */
import { useState } from "react";
import { useMutation } from "urql";
import { CreateRoomDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { useMemberChoices } from "../members/useMemberChoices.ts";
import styles from "./Norming.module.css";

const usualImages = 24;
const mostImages = 100;
const fewestMembers = 2;

interface NewRoomDialogProps {
  readonly studyKey: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function NewRoomDialog({ studyKey, open, onClose }: NewRoomDialogProps) {
  return (
    <Dialog title="New norming room" open={open} onClose={onClose}>
      <NewRoomForm studyKey={studyKey} onClose={onClose} />
    </Dialog>
  );
}

function NewRoomForm({ studyKey, onClose }: Omit<NewRoomDialogProps, "open">) {
  const router = useRouter();
  const [, create] = useMutation(CreateRoomDocument);
  const [images, setImages] = useState(usualImages);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const key = useAttemptKey();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const members = useMemberChoices();
  const eligible = (members.nodes ?? []).filter(({ mayVote }) => mayVote);
  const submit = async (): Promise<void> => {
    setSending(true);
    const input = { studyId: studyKey, mostDisputed: images, memberIds: [...chosen] };
    const { data, error } = await create({ input: { ...input, idempotencyKey: key.of(input) } });
    const answer = data?.createNormingRoom;
    if (answer !== undefined) key.forget();
    setSending(false);
    setProblem(mutationProblem(answer, error));
    if (answer?.__typename !== "NormingRoomSuccess") return;
    onClose();
    router.push(`/studies/${studyKey}/room/${answer.normingRoom.number}`);
  };
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <form
      className={styles.newRoom}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label>
        <span className="fieldLabel">Images on which the study’s voters agree least, at most</span>
        <input
          className="input number"
          type="number"
          min={1}
          max={mostImages}
          value={images}
          onChange={(event) => setImages(event.target.valueAsNumber)}
        />
      </label>
      <fieldset>
        <legend className="fieldLabel">Members who vote. Leave out who decides: an adjudicator has no vote.</legend>
        <ul className={styles.memberChoices}>
          {eligible.map(({ id, user, role }) => (
            <li key={id}>
              <label>
                <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
                {user.name} <span className="t12 muted">{role.toLowerCase()}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSending || chosen.size < fewestMembers || !(images >= 1)}>
          Open the room
        </Button>
      </div>
    </form>
  );
}
