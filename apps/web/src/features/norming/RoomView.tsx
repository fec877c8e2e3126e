"use client";
/** The parts of a norming room's page: steps, image, votes, discussion, agreement and decision. J and K go to the next and previous image. */
import { useState } from "react";
import type { RoomAgreementQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { Adjudicate } from "./Adjudicate.tsx";
import { Discussion } from "./Discussion.tsx";
import styles from "./Norming.module.css";
import { RoomAgreement } from "./RoomAgreement.tsx";
import { RoomExhibit } from "./RoomExhibit.tsx";
import { RoomMembersDialog } from "./RoomMembersDialog.tsx";
import { RoomSteps } from "./RoomSteps.tsx";
import { RoomVotes } from "./RoomVotes.tsx";
import type { LoadedImage, LoadedRoom } from "./roomImage.ts";
import { roomSteps } from "./roomSteps.ts";
import { useRoomActions } from "./useRoomActions.ts";

type Agreement = Extract<NonNullable<RoomAgreementQuery["node"]>, { readonly __typename: "NormingRoom" }>["agreement"];

interface RoomViewProps {
  readonly study: { readonly key: string };
  readonly room: LoadedRoom;
  readonly image: LoadedImage;
  /** Null while it loads. */
  readonly agreement: Agreement | null;
  readonly onGo: (place: number) => void;
  readonly onChanged: () => void;
}

export function RoomView({ study, room, image, agreement, onGo, onChanged }: RoomViewProps) {
  const actions = useRoomActions({ roomId: room.id, place: image.place, onDone: onChanged });
  const [isChanging, setChanging] = useState(false);
  const last = room.imageCount - 1;
  const go = (step: number): void => {
    const to = image.place + step;
    if (to >= 0 && to <= last) onGo(to);
  };
  useShortcut("j", () => go(1));
  useShortcut("k", () => go(-1));
  const left = room.images.filter(({ roundToVote }) => roundToVote != null).length;
  return (
    <>
      <header className="pageHead">
        <div>
          <h1>What does it look like most?</h1>
          <p>
            Image <span className="n12">{image.place + 1}</span> of <span className="n12">{room.imageCount}</span> in the norming room of{" "}
            <Link className="link n12" href={`/studies/${study.key}`}>
              {study.key}
            </Link>
            .{" "}
            <span title={room.members.map(({ name }) => name).join(", ")}>
              <span className="n12">{room.memberCount}</span> voters from the workspace.
            </span>{" "}
            {room.formerMemberCount > 0 ? (
              <>
                <span className="n12">{room.formerMemberCount}</span> no longer {room.formerMemberCount === 1 ? "takes" : "take"} part, with
                votes that stay.{" "}
              </>
            ) : null}
            {room.ownPseudonym == null ? "You do not vote here." : `You are ${room.ownPseudonym}.`}
            {left > 0 ? (
              <>
                {" "}
                <span className="n12">{left}</span> {left === 1 ? "image waits" : "images wait"} for your vote.
              </>
            ) : null}
          </p>
        </div>
        <div className="pageActions">
          {room.mayChangeMembers ? (
            <Button needs="changeRoomMembers" onClick={() => setChanging(true)}>
              Members
            </Button>
          ) : null}
          <Button shortcut="K" disabled={image.place === 0} onClick={() => go(-1)}>
            Previous
          </Button>
          <Button shortcut="J" disabled={image.place === last} onClick={() => go(1)}>
            Next dispute
          </Button>
        </div>
      </header>
      {room.leads ? <RoomMembersDialog room={room} open={isChanging} onClose={() => setChanging(false)} onChanged={onChanged} /> : null}
      <RoomSteps steps={roomSteps(image, room.memberCount)} />
      <div className={styles.columns}>
        <RoomExhibit image={image} />
        <div className={styles.talk}>
          <RoomVotes room={room} image={image} actions={actions} />
          <Discussion key={image.place} image={image} actions={actions} />
        </div>
      </div>
      <div className={styles.foot}>
        {agreement === null ? <div /> : <RoomAgreement roomId={room.id} agreement={agreement} />}
        <Adjudicate roomId={room.id} image={image} actions={actions} />
      </div>
    </>
  );
}
