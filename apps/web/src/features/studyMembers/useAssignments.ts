"use client";
/** The members who may vote in a study with their images, and changes to these, each of which can be undone. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AssignStudyImagesDocument, type StudyMemberFragment, StudyMembersDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";
import type { MemberImages } from "./planAssignment.ts";

const pollMilliseconds = 5_000;

export interface Assignments {
  /** Undefined while they load. */
  readonly members: readonly StudyMemberFragment[] | undefined;
  readonly error: string | null;
  readonly refetch: () => void;
  readonly isSending: boolean;
  /** Gives the members these images instead of those that they have. `title` says what happened. */
  readonly change: (after: readonly MemberImages[], title: string) => Promise<boolean>;
}

export function useAssignments(studyId: string): Assignments {
  const { data, error, refetch } = useLiveQuery({ query: StudyMembersDocument, variables: { id: studyId }, poll: pollMilliseconds });
  const [, send] = useMutation(AssignStudyImagesDocument);
  const [isSending, setSending] = useState(false);
  const offerUndo = useUndo();
  const members = data?.node?.__typename === "Study" ? data.node.assignments : undefined;

  const write = async (assignments: readonly MemberImages[]): Promise<boolean> => {
    setSending(true);
    const input = { studyId, assignments: assignments.map(({ memberId, images }) => ({ memberId, images: [...images] })) };
    const answer = await send({ input });
    setSending(false);
    const problem = mutationProblem(answer.data?.assignStudyImages, answer.error);
    if (problem !== null) toast.error(`The assignment was not changed. ${problem}`);
    refetch();
    return problem === null;
  };

  const change = async (after: readonly MemberImages[], title: string): Promise<boolean> => {
    const before = after.map(({ memberId }) => ({
      memberId,
      images: members?.find(({ member }) => member.id === memberId)?.images ?? [],
    }));
    const changed = await write(after);
    if (changed) offerUndo({ title, undo: () => void write(before) });
    return changed;
  };

  return { members, error: members === undefined ? (error?.message ?? null) : null, refetch, isSending, change };
}
