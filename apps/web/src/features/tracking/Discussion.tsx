"use client";
/** Notes, comments and mentions elsewhere, at the end of a run's or experiment's page. */
import { usePermissions } from "../permissions/usePermissions.ts";
import { Comments } from "./Comments.tsx";
import { Mentions } from "./Mentions.tsx";
import { Notes } from "./Notes.tsx";
import { useMayEdit } from "./useMayEdit.ts";
import { useTrackedSubject } from "./useTrackedSubject.ts";

export function Discussion({ id }: { readonly id: string }) {
  const { subject, owner } = useTrackedSubject(id);
  const { may } = usePermissions();
  const mayEdit = useMayEdit(subject);
  if (subject === null || owner === null) return null;
  return (
    <>
      <Notes subject={subject} owner={owner} writable={mayEdit} />
      <Comments subject={subject} owner={owner} writable={may("addComment")} />
      <Mentions id={subject.id} />
    </>
  );
}
