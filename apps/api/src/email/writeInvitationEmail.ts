/** Writes the e-mail that invites a person to a workspace. */
import type { Role } from "@pareidolia/core/actor";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { writeEmail } from "@pareidolia/persistence/workspace/emails/emails";

interface InvitationEmail {
  readonly to: string;
  /** The workspace whose owners read the e-mail in their outbox, with the link that they may pass on; null without either. */
  readonly outbox: { readonly workspaceId: string; readonly link: string } | null;
  /** The link that proves the address. */
  readonly link: string;
  /** Null if the account is gone. */
  readonly inviterName: string | null;
  readonly workspaceName: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

const millisecondsPerDay = 86_400_000;

export async function writeInvitationEmail(connection: Connection, email: InvitationEmail): Promise<void> {
  const { to, outbox, link, inviterName, workspaceName, role, expiresAt } = email;
  const inviter = inviterName ?? "An owner";
  const days = Math.max(1, Math.round((expiresAt.getTime() - Date.now()) / millisecondsPerDay));
  const textWith = (address: string): string =>
    `${inviter} invites you to the workspace “${workspaceName}” of Pareidolia as ${role === "OWNER" ? "an" : "a"} ${role.toLowerCase()}. Open this link within ${days === 1 ? "a day" : `${days} days`} to join:\n\n${address}\n`;
  await writeEmail(connection, {
    workspaceId: outbox?.workspaceId ?? null,
    to,
    subject: `${inviter} invites you to ${workspaceName}`,
    text: outbox === null ? "" : textWith(outbox.link),
    sealedText: textWith(link),
  });
}
