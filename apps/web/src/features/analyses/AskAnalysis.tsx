"use client";
/** The button that asks for an analysis, and beside it how far it is, why it failed, or why it was not taken on. */
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { AnalysisNote } from "./AnalysisNote.tsx";
import type { AskedAnalysis } from "./useAskedAnalysis.ts";

interface AskAnalysisProps {
  readonly asked: AskedAnalysis;
  /** What the button says. */
  readonly children: string;
  /** What is told where nothing is under way: how the last one ended. */
  readonly last?: AnalysisStateFragment | null;
}

export function AskAnalysis({ asked: { analysis, busy, problem, start }, children, last = null }: AskAnalysisProps) {
  return (
    <>
      <Button disabled={busy} onClick={() => void start()}>
        {children}
      </Button>{" "}
      <AnalysisNote analysis={analysis ?? last} problem={problem} />
    </>
  );
}
