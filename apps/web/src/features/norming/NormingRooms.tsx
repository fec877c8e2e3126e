"use client";
/** The norming rooms of a study, as a section of its page, with the dialog that opens a new one. Empty for users without one. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RoomsOfStudyDocument, type RoomsOfStudyQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { NewRoomDialog } from "./NewRoomDialog.tsx";
import styles from "./Norming.module.css";
import { RoomExports } from "./RoomExports.tsx";
import { roomsQuery } from "./roomsQuery.ts";

/** Whether the study can have new rooms. */
export function takesRooms(data: RoomsOfStudyQuery | undefined): boolean {
  return data?.node?.__typename === "Study" && data.node.state !== "DRAFT";
}

export function NormingRooms({ studyKey }: { readonly studyKey: string }) {
  const [isCreating, setCreating] = useState(false);
  const { data } = useLiveQuery({ query: RoomsOfStudyDocument, variables: { study: studyKey } });
  const study = data?.node?.__typename === "Study" ? data.node : null;
  const mayCreate = usePermissions().may("createNormingRoom") && takesRooms(data);
  if (study === null || (study.normingRooms.length + study.closedRooms.length === 0 && !mayCreate)) return null;
  return (
    <section aria-labelledby="normingRooms">
      <div className="sectionHead">
        <h2 id="normingRooms">
          Rooms <span className="t12 muted">for disputed images</span>
        </h2>
        {mayCreate ? (
          <Button needs="createNormingRoom" onClick={() => setCreating(true)}>
            New norming room
          </Button>
        ) : null}
      </div>
      <WholeListTools
        name={`${study.key}-norming-rooms`}
        rows={study.normingRooms}
        columns={{
          room: ({ number }) => number,
          images: ({ imageCount }) => imageCount,
          decided: ({ decidedCount }) => decidedCount,
          members: ({ memberCount }) => memberCount,
        }}
        query={roomsQuery(study.key)}
      />
      {study.normingRooms.length + study.closedRooms.length === 0 ? (
        <p className="second">No rooms yet. A new room starts with the images on which voters disagree most.</p>
      ) : null}
      <ul className={styles.rooms}>
        {study.normingRooms.map(({ id, number, imageCount, decidedCount, memberCount }) => (
          <li key={id}>
            <Link className="link" href={`/studies/${study.key}/room/${number}`}>
              Norming room {number}
            </Link>
            <span className="t12 muted">
              <span className="n12">
                {decidedCount} / {imageCount}
              </span>{" "}
              decided, <span className="n12">{memberCount}</span> members
            </span>
          </li>
        ))}
        {study.closedRooms.map(({ number, message }) => (
          <li key={number}>
            <Link className="link" href={`/studies/${study.key}/room/${number}`}>
              Norming room {number}
            </Link>
            <span className="t12 muted">closed to you for now: {message}</span>
          </li>
        ))}
      </ul>
      {mayCreate && study.normingRooms.length > 0 ? <RoomExports studyKey={study.key} /> : null}
      <NewRoomDialog studyKey={study.key} open={isCreating} onClose={() => setCreating(false)} />
    </section>
  );
}
