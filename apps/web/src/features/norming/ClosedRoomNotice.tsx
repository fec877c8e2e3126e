/** Says why a norming room is closed to the user for now, and leads to the votes that come first. */
import type { RoomsOfStudyQuery } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";

type ClosedRoom = Extract<NonNullable<RoomsOfStudyQuery["node"]>, { readonly __typename: "Study" }>["closedRooms"][number];

interface ClosedRoomNoticeProps {
  readonly studyKey: string;
  readonly room: ClosedRoom;
}

export function ClosedRoomNotice({ studyKey, room: { number, blindRoom, message } }: ClosedRoomNoticeProps) {
  const action =
    blindRoom == null ? (
      <ButtonLink href={`/vote/${studyKey}`}>Go to my trials</ButtonLink>
    ) : (
      <ButtonLink href={`/studies/${studyKey}/room/${blindRoom}`}>Norming room {blindRoom}</ButtonLink>
    );
  return (
    <EmptyState title={`You vote blind, so norming room ${number} is closed to you for now`} action={action}>
      {message}
    </EmptyState>
  );
}
