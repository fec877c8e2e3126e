"use client";
/** The button that starts an analysis, with its progress, a Cancel button while it runs, and the error if it fails. */
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { Button } from "../marks/Button.tsx";
import { AnalysisNote } from "./AnalysisNote.tsx";
import type { AnalysisControls } from "./useAnalysisControls.ts";

interface AnalysisButtonProps {
  readonly controls: AnalysisControls;
  /** The button's label. */
  readonly children: string;
  readonly look?: "plain" | "primary";
  readonly needs: MutationName;
}

export function AnalysisButton({ controls, children, look = "plain", needs }: AnalysisButtonProps) {
  const { analysis, busy, problem, start, cancel } = controls;
  return (
    <>
      <Button look={look} needs={needs} disabled={busy} onClick={() => void start()}>
        {children}
      </Button>{" "}
      <AnalysisNote analysis={analysis} problem={problem} />
      {cancel === null ? null : (
        <>
          {" "}
          <Button look="quiet" needs="cancelAnalysis" onClick={() => void cancel()}>
            Cancel
            <span className="visuallyHidden"> the analysis</span>
          </Button>
        </>
      )}
    </>
  );
}
