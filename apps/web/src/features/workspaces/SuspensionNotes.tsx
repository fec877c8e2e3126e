/** Tells suspended members since when they are suspended, and what happens to their work. */
import { RelativeTime } from "../marks/RelativeTime.tsx";

interface SuspensionNotesProps {
  readonly suspensions: readonly { readonly slug: string; readonly workspaceName: string; readonly suspendedAt: string }[];
}

export function SuspensionNotes({ suspensions }: SuspensionNotesProps) {
  return (
    <>
      <h1>You are suspended</h1>
      {suspensions.map(({ slug, workspaceName, suspendedAt }) => (
        <p key={slug} className="second">
          An owner of {workspaceName} suspended you <RelativeTime time={suspendedAt} />.
        </p>
      ))}
      <p className="second">
        Your work there is kept, and so is what you had not sent yet, in this browser. Only an owner can restore your access; this page then
        leads you back.
      </p>
    </>
  );
}
