"use client";
/** Notes and comments, at the end of a run's or experiment's page. */
import { Comments } from "./Comments.tsx";
import { Notes } from "./Notes.tsx";
import { useTrackedSubject } from "./useTrackedSubject.ts";

export function Discussion({ id }: { readonly id: string }) {
  const { subject, writable } = useTrackedSubject(id);
  if (subject === null) return null;
  return (
    <>
      <Notes subject={subject} writable={writable} />
      <Comments subject={subject} writable={writable} />
    </>
  );
}
