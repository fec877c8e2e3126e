"use client";
/** A norming room of a study: one disputed image at a time, from the blind vote to the decision. Follows the room live. */
import { parseAsInteger, useQueryState } from "nuqs";
import { useEffect } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NormingRoomPageDocument, RoomAgreementDocument, RoomsOfStudyDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ClosedRoomNotice } from "./ClosedRoomNotice.tsx";
import { RoomView } from "./RoomView.tsx";
import { useRoomChanges } from "./useRoomChanges.ts";

const retryMilliseconds = 4_000;

interface NormingRoomPageProps {
  readonly studyKey: string;
  /** Of the room in its study, from 1. */
  readonly number: number;
}

export function NormingRoomPage({ studyKey, number }: NormingRoomPageProps) {
  const rooms = useLiveQuery({ query: RoomsOfStudyDocument, variables: { study: studyKey }, retryAfter: retryMilliseconds });
  const study = rooms.data?.node?.__typename === "Study" ? rooms.data.node : null;
  const room = study?.normingRooms.find((each) => each.number === number);
  const closed = study?.closedRooms.find((each) => each.number === number);
  if (study && room) return <OpenRoom key={room.id} id={room.id} study={study} onRefused={rooms.refetch} />;
  const isMissing = rooms.notFound || (rooms.data !== undefined && !rooms.fetching);
  return (
    <div className="page">
      <PagePath steps={[{ label: studyKey, href: `/studies/${studyKey}` }]} here="Norming room" />
      <h1>{isMissing ? "This norming room is not open to you" : "Norming room"}</h1>
      {closed ? (
        <ClosedRoomNotice studyKey={studyKey} room={closed} />
      ) : isMissing ? (
        <EmptyState
          title={`No norming room ${Number.isFinite(number) ? number : ""} of ${studyKey} for you`}
          action={<ButtonLink href={`/studies/${studyKey}`}>{studyKey}</ButtonLink>}
        >
          It does not exist, or you are not a member of it. Its researcher can add you until an image is revealed.
        </EmptyState>
      ) : rooms.error ? (
        <RequestError message={rooms.error.message} onRetry={rooms.refetch} />
      ) : (
        <SkeletonLines count={4} height={80} />
      )}
    </div>
  );
}

interface OpenRoomProps {
  readonly id: string;
  readonly study: { readonly key: string; readonly title: string };
  /** When the API refuses the room, which may have closed since the list was loaded. */
  readonly onRefused: () => void;
}

function OpenRoom({ id, study, onRefused }: OpenRoomProps) {
  const [position, setPosition] = useQueryState("image", parseAsInteger.withDefault(1));
  const place = Math.max(0, position - 1);
  const loaded = useLiveQuery({ query: NormingRoomPageDocument, variables: { id, place }, retryAfter: retryMilliseconds });
  const agreement = useLiveQuery({ query: RoomAgreementDocument, variables: { id } });
  const room = loaded.data?.node?.__typename === "NormingRoom" ? loaded.data.node : null;
  const refetch = (): void => {
    loaded.refetch();
    agreement.refetch();
  };
  const count = room?.imageCount ?? 1;
  const isRefused = loaded.error?.graphQLErrors.some(({ extensions }) => extensions["code"] === "FORBIDDEN") ?? false;
  useEffect(() => {
    if (isRefused) onRefused();
  }, [isRefused, onRefused]);
  // An address beyond the last image shows the last one.
  useEffect(() => {
    if (room && position > room.imageCount) void setPosition(room.imageCount);
  }, [room, position, setPosition]);
  return (
    <div className="page">
      <PagePath
        steps={[
          { label: `${study.key} ${study.title}`, href: `/studies/${study.key}` },
          { label: "Norming room", href: `/studies/${study.key}/room` },
        ]}
        here={`Image ${Math.min(position, count)}`}
      />
      {room?.image ? (
        <>
          <RoomFollower key={room.id} id={room.id} sequence={room.sequence} onChange={refetch} />
          <RoomView
            study={study}
            room={room}
            image={room.image}
            agreement={agreement.data?.node?.__typename === "NormingRoom" ? agreement.data.node.agreement : null}
            onGo={(to) => void setPosition(to + 1, { history: "replace" })}
            onChanged={refetch}
          />
        </>
      ) : loaded.error ? (
        <RequestError message={loaded.error.message} onRetry={loaded.refetch} />
      ) : (
        <SkeletonLines count={4} height={80} />
      )}
    </div>
  );
}

function RoomFollower({ id, sequence, onChange }: { readonly id: string; readonly sequence: number; readonly onChange: () => void }) {
  useRoomChanges({ id, sequence }, onChange);
  return null;
}
