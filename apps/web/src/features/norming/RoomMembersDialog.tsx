"use client";
/** The dialog in which the leader of a norming room adds and removes members, while all its images are blind. */
import { useState } from "react";
import { useMutation } from "urql";
import { ChangeRoomMembersDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { useMemberChoices } from "../members/useMemberChoices.ts";
import styles from "./Norming.module.css";
import type { LoadedRoom } from "./roomImage.ts";

const fewestMembers = 2;

interface RoomMembersDialogProps {
  readonly room: LoadedRoom;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

export function RoomMembersDialog({ open, onClose, ...props }: RoomMembersDialogProps) {
  return (
    <Dialog title="Members of the room" open={open} onClose={onClose}>
      <RoomMembersForm {...props} onClose={onClose} />
    </Dialog>
  );
}

function RoomMembersForm({ room, onClose, onChanged }: Omit<RoomMembersDialogProps, "open">) {
  const [, send] = useMutation(ChangeRoomMembersDocument);
  const { nodes } = useMemberChoices();
  /** Members, by ID, whose part in the room is to change. */
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const current = new Set(room.members.map(({ id }) => id));
  // A member who lost the role or was suspended can still be removed.
  const choices = (nodes ?? []).filter(({ user, mayVote }) => mayVote || current.has(user.id));
  const takesPart = ({ id, user }: { readonly id: string; readonly user: { readonly id: string } }) =>
    current.has(user.id) !== toggled.has(id);
  const add = choices.filter((member) => takesPart(member) && !current.has(member.user.id)).map(({ id }) => id);
  const remove = choices.filter((member) => !takesPart(member) && current.has(member.user.id)).map(({ id }) => id);
  const count = room.memberCount + add.length - remove.length;
  const submit = async (): Promise<void> => {
    setSending(true);
    const { data, error } = await send({ input: { roomId: room.id, add, remove } });
    setSending(false);
    const refusal = mutationProblem(data?.changeRoomMembers, error);
    setProblem(refusal);
    onChanged();
    if (refusal === null) onClose();
  };
  return (
    <form
      className={styles.newRoom}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="second">
        Members change only while no image is revealed. A removed member’s votes stay and count; the room no longer waits for further ones.
        Pseudonyms are not drawn again, so the others can tell whose the new ones are.
      </p>
      <fieldset>
        <legend className="fieldLabel">Members who vote</legend>
        {nodes === undefined ? <SkeletonLines count={3} height={24} /> : null}
        <ul className={styles.memberChoices}>
          {choices.map((member) => (
            <li key={member.id}>
              <label>
                <input
                  type="checkbox"
                  checked={takesPart(member)}
                  onChange={() => {
                    const next = new Set(toggled);
                    if (!next.delete(member.id)) next.add(member.id);
                    setToggled(next);
                  }}
                />
                {member.user.name} <span className="t12 muted">{member.role.toLowerCase()}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      {count < fewestMembers ? <p className="fieldError">A room keeps at least {fewestMembers} members.</p> : null}
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSending || add.length + remove.length === 0 || count < fewestMembers}>
          {isSending ? "Changing" : "Change members"}
        </Button>
      </div>
    </form>
  );
}
