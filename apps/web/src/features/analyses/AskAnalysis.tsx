"use client";
/** The button that starts an analysis; while it runs, its progress and the button that cancels it; afterwards, why it failed. */
import { Button } from "../marks/Button.tsx";
import { AnalysisNote } from "./AnalysisNote.tsx";
import type { AskedAnalysis } from "./useAskedAnalysis.ts";

interface AskAnalysisProps {
  readonly asked: AskedAnalysis;
  /** The button's label. */
  readonly children: string;
  readonly look?: "plain" | "primary";
}

export function AskAnalysis({ asked: { analysis, busy, problem, start, cancel }, children, look = "plain" }: AskAnalysisProps) {
  return (
    <>
      <Button look={look} disabled={busy} onClick={() => void start()}>
        {children}
      </Button>{" "}
      <AnalysisNote analysis={analysis} problem={problem} />
      {cancel === null ? null : (
        <>
          {" "}
          <Button look="quiet" onClick={() => void cancel()}>
            Cancel
            <span className="visuallyHidden"> the analysis</span>
          </Button>
        </>
      )}
    </>
  );
}
