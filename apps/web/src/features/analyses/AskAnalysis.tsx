"use client";
/** The button that asks for an analysis, and beside it how far it is, why it failed, or why it was not taken on. */
import { Button } from "../marks/Button.tsx";
import { AnalysisNote } from "./AnalysisNote.tsx";
import type { AskedAnalysis } from "./useAskedAnalysis.ts";

interface AskAnalysisProps {
  readonly asked: AskedAnalysis;
  /** What the button says. */
  readonly children: string;
  readonly look?: "plain" | "primary";
}

export function AskAnalysis({ asked: { analysis, busy, problem, start }, children, look = "plain" }: AskAnalysisProps) {
  return (
    <>
      <Button look={look} disabled={busy} onClick={() => void start()}>
        {children}
      </Button>{" "}
      <AnalysisNote analysis={analysis} problem={problem} />
    </>
  );
}
