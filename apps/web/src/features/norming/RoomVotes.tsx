"use client";
/** The votes on an image: the own vote while others vote blind, the chart of all votes after the reveal, and the buttons to vote. */
import { useRef } from "react";
import { Button } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./Norming.module.css";
import type { LoadedImage, LoadedRoom } from "./roomImage.ts";
import { roomVotesQuery } from "./roomQueries.ts";
import { SlopeChart } from "./SlopeChart.tsx";
import { nothingName, slopeLines, slopeRows } from "./slopes.ts";
import type { RoomActions } from "./useRoomActions.ts";
import { VoteButtons } from "./VoteButtons.tsx";

interface RoomVotesProps {
  readonly room: LoadedRoom;
  readonly image: LoadedImage;
  readonly actions: RoomActions;
}

export function RoomVotes({ room, image, actions }: RoomVotesProps) {
  const round = image.roundToVote ?? null;
  return (
    <section aria-labelledby="votes">
      {image.state === "BLIND" ? <BlindVote room={room} image={image} /> : <RevealedVotes room={room} image={image} />}
      {image.roundToUndo == null ? null : <UndoVote round={image.roundToUndo} image={image} actions={actions} />}
      {round === null ? null : (
        <>
          {round === 2 ? (
            <>
              <h3 className={styles.voteAgain}>Vote again</h3>
              <p className={styles.blindNote}>
                <span className="n12 people">
                  {image.secondVotes} / {image.memberVotes}
                </span>{" "}
                have voted again. Their votes stay hidden until all have.
              </p>
            </>
          ) : null}
          <VoteButtons
            key={`${image.place} ${round}`}
            roomId={room.id}
            options={image.options}
            isBusy={actions.isBusy}
            onVote={(label) => void actions.vote(round, label)}
          />
        </>
      )}
      {actions.problem === null ? null : (
        <p className="fieldError" role="alert">
          {actions.problem}
        </p>
      )}
      <div className={styles.roundActions}>
        {image.mayReveal ? (
          <Button
            look={image.memberVotes === room.memberCount ? "primary" : "plain"}
            needs="revealRoomImage"
            disabled={actions.isBusy}
            onClick={() => void actions.reveal()}
          >
            Reveal the votes
          </Button>
        ) : null}
        {image.mayStartSecondRound ? (
          <Button needs="startSecondRound" disabled={actions.isBusy} onClick={() => void actions.startSecondRound()}>
            Start the second vote
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** Until the votes of a round are shown, a vote can be taken back: by a button, or by the key that voters of a study have for it. */
function UndoVote({ round, image, actions }: { readonly round: number } & Pick<RoomVotesProps, "image" | "actions">) {
  useShortcut("u", () => void actions.undoVote(round));
  return (
    <p className={styles.ownVote}>
      {round === 1 ? null : (
        <span className="second">
          You voted again, {image.secondVotes} of {image.memberVotes} have. The second votes show once all have.
        </span>
      )}
      <Button needs="undoRoomVote" shortcut="U" disabled={actions.isBusy} onClick={() => void actions.undoVote(round)}>
        Take my vote back
      </Button>
    </p>
  );
}

function BlindVote({ room, image }: Pick<RoomVotesProps, "room" | "image">) {
  const own = image.votes[0];
  const left = room.memberCount - image.memberVotes;
  const former = image.firstVotes - image.memberVotes;
  return (
    <>
      <h2 id="votes">{own === undefined ? "Your vote" : "Votes"}</h2>
      <p className={styles.blindNote} role="status">
        {own === undefined ? null : (
          <>
            You voted for <b>{own.choice?.name ?? nothingName}</b>.{" "}
          </>
        )}
        <span className="n12 people">
          {image.memberVotes} / {room.memberCount}
        </span>{" "}
        members have voted.{" "}
        {former === 0 ? null : `${former === 1 ? "A vote of a former member counts" : `${former} votes of former members count`}, too. `}
        {left === 0 ? "The votes can be revealed." : "Votes stay hidden until all have voted, or a researcher reveals them."}
      </p>
    </>
  );
}

function RevealedVotes({ room, image }: Pick<RoomVotesProps, "room" | "image">) {
  const svg = useRef<SVGSVGElement>(null);
  const rows = slopeRows(image.votes);
  const lines = slopeLines(image.votes, rows);
  const tools = useDataTools({
    name: `room-${room.number}-image-${image.place + 1}-votes`,
    columns: ["member", "blind", "again"],
    rows: lines.map(({ member, from, to }) => [member, rows[from.row]?.name ?? null, to === null ? null : (rows[to.row]?.name ?? null)]),
    query: roomVotesQuery(room.id, image.place),
    svg,
  });
  return (
    <>
      <div className={styles.votesHead}>
        <h2 id="votes">Votes</h2>
        {tools.toolbar}
      </div>
      {tools.content}
      <SlopeChart rows={rows} lines={lines} svg={svg} />
    </>
  );
}
