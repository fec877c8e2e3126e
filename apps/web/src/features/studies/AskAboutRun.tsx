"use client";
/** The button that starts a study of a run's images. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewStudyDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import type { RunOnPage } from "../run/runOnPage.ts";
import { mayEditStudies } from "./studyRoles.ts";
import { useCreateStudy } from "./useCreateStudy.ts";

export function AskAboutRun({ run }: { readonly run: RunOnPage }) {
  const role = useLiveQuery({ query: NewStudyDocument, requestPolicy: "cache-first" }).data?.viewer.role;
  const { creating, create } = useCreateStudy();
  // A chain's images belong to the evolutions that it started.
  if (run.__typename === "RetrainingRun" || (role !== undefined && !mayEditStudies(role))) return null;
  const hasImages = typeof run.savedAt === "string";
  return (
    <Button
      disabled={!hasImages || role === undefined || creating}
      title={hasImages ? "Start a study of this run's images" : "This run has not stored any images yet"}
      onClick={() => create({ runIds: [run.id] })}
    >
      {creating ? "Drawing images" : "Ask people"}
    </Button>
  );
}
