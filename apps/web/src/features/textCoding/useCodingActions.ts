"use client";
/** The mutations of the coding of texts, sent one after the other, so that keys can be pressed quickly. A refusal becomes a sentence for the page. */
import { useRef, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useClient } from "urql";
import { CodeTextDocument, RevealTextCodesDocument, SettleTextDocument, UndoTextCodeDocument } from "../../graphql/generated/graphql.ts";
import { type MutationAnswer, mutationProblem } from "../marks/mutationProblem.ts";
import type { GivenCode } from "./codeWords.ts";

export function useCodingActions({ studyId, onDone }: { readonly studyId: string; readonly onDone: () => void }) {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);

  const last = useRef<Promise<unknown>>(Promise.resolve());

  /** Whether it succeeded. */
  function send<Data extends object, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<boolean> {
    const sent = last.current.then(() => request(document, variables));
    last.current = sent;
    return sent;
  }

  async function request<Data extends object, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<boolean> {
    setRunning((count) => count + 1);
    const { data, error } = await client.mutation(document, variables).toPromise();
    const [answer] = Object.values(data ?? {}) as MutationAnswer[];
    const refusal = mutationProblem(answer, error);
    setProblem(refusal);
    setRunning((count) => count - 1);
    onDone();
    return refusal === null;
  }

  return {
    studyId,
    isBusy: running > 0,
    problem,
    code: (text: string, code: GivenCode) => send(CodeTextDocument, { input: { studyId, text, ...code } }),
    undo: (text: string) => send(UndoTextCodeDocument, { input: { studyId, text } }),
    reveal: () => send(RevealTextCodesDocument, { input: { studyId } }),
    settle: (text: string, code: GivenCode, reason: string) => send(SettleTextDocument, { input: { studyId, text, ...code, reason } }),
  };
}

export type CodingActions = ReturnType<typeof useCodingActions>;
