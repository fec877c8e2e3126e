/** What a member loses with the membership, as text. */
import { counted } from "../deletion/counted.ts";

export interface Losses {
  readonly sessions: number;
  readonly keys: number;
  /** Open invitations that the member sent. */
  readonly invitations: number;
}

/** "ends 2 sessions, revokes 1 key"; undefined if nothing would be lost. */
export function announceLosses({ sessions, keys, invitations }: Losses): string | undefined {
  const ended = counted(sessions, "session", "sessions").map((text) => `ends ${text}`);
  const revoked = [...counted(keys, "key", "keys"), ...counted(invitations, "invitation", "invitations")];
  const parts = [...ended, ...(revoked.length === 0 ? [] : [`revokes ${revoked.join(" and ")}`])];
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** "2 sessions ended, 1 key revoked."; empty if nothing was lost. */
export function describeLosses({ sessions, keys, invitations }: Losses): string {
  const parts = [
    ...counted(sessions, "session ended", "sessions ended"),
    ...counted(keys, "key revoked", "keys revoked"),
    ...counted(invitations, "invitation revoked", "invitations revoked"),
  ];
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

/** Whether an undo would leave something lost. */
export function losesForGood({ keys, invitations }: Losses): boolean {
  return keys + invitations > 0;
}
