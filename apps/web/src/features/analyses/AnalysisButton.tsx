"use client";
/** The button that starts an analysis, with its progress, a Cancel button while it runs, and the error if it fails. */
import { Button } from "../marks/Button.tsx";
import { AnalysisNote } from "./AnalysisNote.tsx";
import type { AnalysisControls } from "./useAnalysisControls.ts";

interface AnalysisButtonProps {
  readonly controls: AnalysisControls;
  /** The button's label. */
  readonly children: string;
  readonly look?: "plain" | "primary";
}

export function AnalysisButton({ controls: { analysis, busy, problem, start, cancel }, children, look = "plain" }: AnalysisButtonProps) {
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
