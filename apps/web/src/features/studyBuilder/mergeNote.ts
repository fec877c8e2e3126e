/** Says who changed a draft while it was open here, and what the page shows now. */

interface Member {
  readonly id: string;
  readonly name: string;
}

/**
 * @param changedBy null for a former member
 * @param viewerId undefined while unknown
 * @param hasOwnChanges whether the page has changes that are not saved yet
 */
export function mergeNote(changedBy: Member | null, viewerId: string | undefined, hasOwnChanges: boolean): string {
  const isViewer = changedBy !== null && changedBy.id === viewerId;
  const who = isViewer
    ? "You changed this draft in another tab or with a program."
    : `${changedBy?.name ?? "Another user"} changed this draft.`;
  if (!hasOwnChanges) return `${who} The page shows the change.`;
  return `${who} The page shows that change and your own. Where both concern the same field, it keeps what you entered here.`;
}
