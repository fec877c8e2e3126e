"use client";
/** The notes of a run or an experiment. */
import type { DraftOwner } from "../drafts/draftStore.ts";
import { EditableNotes } from "./EditableNotes.tsx";
import type { Tracked } from "./subject.ts";
import { useSubjectReplacement } from "./useSubjectReplacement.ts";

interface NotesProps {
  readonly subject: Tracked & { readonly notes: string };
  readonly owner: DraftOwner;
  readonly writable: boolean;
}

export function Notes({ subject, owner, writable }: NotesProps) {
  const replace = useSubjectReplacement(subject);
  const send = (notes: string, previous: string) =>
    replace({
      values: { notes },
      previous: { notes: previous },
      labels: { notes: "text of the notes" },
    });
  return (
    <EditableNotes subject={subject} owner={owner} writable={writable} placeholder="What is this for? What came out of it?" send={send} />
  );
}
