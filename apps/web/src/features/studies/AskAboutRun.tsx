"use client";
/** The button that starts a study of a run's images. */
import { Button } from "../marks/Button.tsx";
import type { RunOnPage } from "../run/runOnPage.ts";
import { useCreateStudy } from "./useCreateStudy.ts";

export function AskAboutRun({ run }: { readonly run: RunOnPage }) {
  const { creating, create } = useCreateStudy();
  // A chain's images belong to the evolutions that it started.
  if (run.__typename === "RetrainingRun") return null;
  const hasImages = typeof run.savedAt === "string";
  return (
    <Button
      needs="createStudy"
      disabled={!hasImages || creating}
      title={hasImages ? "Start a study of this run's images" : "This run has not stored any images yet"}
      onClick={() => create({ runIds: [run.id] })}
    >
      {creating ? "Drawing images" : "Ask people"}
    </Button>
  );
}
