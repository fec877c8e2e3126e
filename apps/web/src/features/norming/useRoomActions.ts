"use client";
/** The mutations of one image in a norming room. One runs at a time; a refusal becomes a sentence for the page. */
import { useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useClient } from "urql";
import {
  CastRoomVoteDocument,
  CommentOnRoomImageDocument,
  DecideRoomImageDocument,
  type DecideRoomImageInput,
  RevealRoomImageDocument,
  StartSecondRoundDocument,
  UndoRoomVoteDocument,
} from "../../graphql/generated/graphql.ts";
import { type MutationAnswer, mutationProblem } from "../marks/mutationProblem.ts";

interface RoomActionOptions {
  readonly roomId: string;
  readonly place: number;
  readonly onDone: () => void;
}

export function useRoomActions({ roomId, place, onDone }: RoomActionOptions) {
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const at = { roomId, place };

  /** Whether it succeeded. */
  async function send<Data extends object, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    const { data, error } = await client.mutation(document, variables).toPromise();
    const [answer] = Object.values(data ?? {}) as MutationAnswer[];
    const refusal = mutationProblem(answer, error);
    setProblem(refusal);
    setBusy(false);
    onDone();
    return refusal === null;
  }

  return {
    /** Names the image, for unsent texts about it. */
    subject: `${roomId} ${place}`,
    isBusy,
    problem,
    /** A label of null is "nothing I recognise". */
    vote: (round: number, label: number | null) =>
      send(CastRoomVoteDocument, { input: { ...at, round, ...(label === null ? { nothing: true } : { label }) } }),
    undoVote: (round: number) => send(UndoRoomVoteDocument, { input: { ...at, round } }),
    reveal: () => send(RevealRoomImageDocument, { input: at }),
    startSecondRound: () => send(StartSecondRoundDocument, { input: at }),
    comment: (text: string) => send(CommentOnRoomImageDocument, { input: { ...at, text } }),
    decide: (decision: Pick<DecideRoomImageInput, "outcome" | "label" | "reason">) =>
      send(DecideRoomImageDocument, { input: { ...at, ...decision } }),
  };
}

export type RoomActions = ReturnType<typeof useRoomActions>;
