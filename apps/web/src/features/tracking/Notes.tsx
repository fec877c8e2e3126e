"use client";
/** The notes of a run or an experiment. */
import { useMutation } from "urql";
import { UpdateExperimentDocument, UpdateRunDocument } from "../../graphql/generated/graphql.ts";
import { useReplacement } from "../conflicts/useReplacement.ts";
import type { DraftOwner } from "../drafts/draftStore.ts";
import { EditableNotes } from "./EditableNotes.tsx";
import { isTrackedExperiment, type Tracked } from "./subject.ts";

interface NotesProps {
  readonly subject: Tracked & { readonly notes: string };
  readonly owner: DraftOwner;
  readonly writable: boolean;
}

export function Notes({ subject, owner, writable }: NotesProps) {
  const replace = useReplacement();
  const [, updateRun] = useMutation(UpdateRunDocument);
  const [, updateExperiment] = useMutation(UpdateExperimentDocument);
  const send = (notes: string, previous: string) =>
    replace({
      subject: subject.key,
      values: { notes },
      previous: { notes: previous },
      labels: { notes: "text of the notes" },
      async send(input) {
        if (isTrackedExperiment(subject)) {
          const { data, error } = await updateExperiment({ input: { experimentId: subject.id, ...input } });
          return { answer: data?.updateExperiment, error };
        }
        const { data, error } = await updateRun({ input: { runId: subject.id, ...input } });
        return { answer: data?.updateRun, error };
      },
    });
  return (
    <EditableNotes subject={subject} owner={owner} writable={writable} placeholder="What is this for? What came out of it?" send={send} />
  );
}
