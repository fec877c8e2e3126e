/**
 * E-mails about notifications: one for all that a member has not been sent yet, once the first of them is due. The e-mail and the mark on the
 * notifications are written in one transaction under a lock of the notifications, so that no event is sent twice or lost.
 */
import { toLine } from "@pareidolia/core/lineText";
import { describeGroup, groupHappenings, pathOfGroup } from "@pareidolia/core/notifications/groupHappenings";
import { describeHappening, type Happening, pathOfSubject } from "@pareidolia/core/notifications/notificationKinds";
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { findLatestEntry, type LatestEntry } from "../../access/audit/latestEntries.ts";
import { Prisma } from "../../generated/client.ts";
import type { Connection, Database } from "../../server/database/database.ts";
import { writeEmail } from "../emails/emails.ts";
import { type NotificationRecord, notificationColumns, notificationJoins } from "./readNotifications.ts";
import { writeUnsubscribeToken } from "./unsubscribeToken.ts";

export interface DigestSettings {
  /** Address of the web application, for links. */
  readonly publicUrl: URL;
  /** Signs links to unsubscribe. */
  readonly secret: string;
}

interface Recipient {
  readonly workspaceId: string;
  readonly userId: string;
}

interface Addressee {
  readonly membershipId: string;
  readonly name: string;
  readonly email: string;
  readonly workspaceName: string;
  readonly workspaceSlug: string;
  readonly isOwner: boolean;
}

const maxRecipients = 50;
/** Longer digests say how many more there are. */
const maxListed = 40;

export async function findDueRecipients(connection: Connection): Promise<readonly Recipient[]> {
  return connection.$queryRaw<Recipient[]>`
    SELECT workspace_id AS "workspaceId", user_id AS "userId" FROM notifications WHERE mail_due_at <= now()
    GROUP BY workspace_id, user_id ORDER BY min(mail_due_at) LIMIT ${maxRecipients}`;
}

/** Those that wait, oldest first; none while another worker writes their e-mail. */
export async function takePending(connection: Connection, { workspaceId, userId }: Recipient): Promise<readonly NotificationRecord[]> {
  const taken = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM notifications WHERE workspace_id = ${workspaceId} AND user_id = ${userId} AND mail_due_at IS NOT NULL
    FOR UPDATE SKIP LOCKED`;
  const ids = taken.map(({ id }) => id);
  if (ids.length === 0) return [];
  await connection.notification.updateMany({ where: { id: { in: ids } }, data: { mailDueAt: null } });
  return connection.$queryRaw<NotificationRecord[]>(Prisma.sql`
    SELECT ${notificationColumns} ${notificationJoins} WHERE n.id = ANY (${ids}) ORDER BY n.created_at, n.id`);
}

/** Null for a suspended member, and for a deleted workspace. */
async function findAddressee(connection: Connection, { workspaceId, userId }: Recipient): Promise<Addressee | null> {
  const membership = await connection.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: {
      id: true,
      role: true,
      suspendedAt: true,
      workspace: { select: { name: true, slug: true, deletedAt: true } },
      user: { select: { name: true, email: true } },
    },
  });
  if (membership === null || membership.suspendedAt !== null || membership.workspace.deletedAt !== null) return null;
  const { user, workspace } = membership;
  return {
    membershipId: membership.id,
    email: user.email,
    name: toLine(user.name),
    workspaceName: toLine(workspace.name),
    workspaceSlug: workspace.slug,
    isOwner: membership.role === "OWNER",
  };
}

async function namesOf(connection: Connection, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const users = await connection.user.findMany({
    where: { id: { in: [...new Set(ids.filter((id) => id !== null))] } },
    select: { id: true, name: true },
  });
  return new Map(users.map(({ id, name }) => [id, toLine(name)]));
}

interface Digest {
  readonly addressee: Addressee;
  readonly pending: readonly NotificationRecord[];
  readonly names: ReadonlyMap<string, string>;
  /** The head of the audit log, for owners only; null without entries. */
  readonly head: Pick<LatestEntry, "sequence" | "at" | "hash"> | null;
  readonly settings: DigestSettings;
}

function describe(record: NotificationRecord, { names }: Digest): Happening {
  return { ...record, by: record.byId === null ? null : (names.get(record.byId) ?? null) };
}

/** The address of a page of the workspace. */
function linkTo(path: string, { addressee, settings }: Digest): string {
  return new URL(workspaceAddress(addressee.workspaceSlug, path), settings.publicUrl).href;
}

/** One event, or many of one kind as one entry. Names and details stay within their lines, so that none adds lines that look like ours. */
function writeEntry(group: readonly [NotificationRecord, ...NotificationRecord[]], digest: Digest): string {
  const [{ detail, subjectName, subjectKey }, ...others] = group;
  const happening = describe(group[0], digest);
  if (others.length > 0) {
    const keys = group.flatMap((each) => each.subjectKey ?? []);
    return `${describeGroup({ latest: happening, keys, mayContinue: false })}\n  ${linkTo(pathOfGroup(keys), digest)}`;
  }
  const lines = [`${describeHappening(happening)}${subjectName === "" ? "" : ` (${toLine(subjectName)})`}`];
  if (detail !== "") lines.push(`  ${toLine(detail)}`);
  lines.push(`  ${linkTo(pathOfSubject(subjectKey), digest)}`);
  return lines.join("\n");
}

/** An e-mail that has left the server can no longer be changed there, as the log can. */
function writeHead({ head }: Digest): readonly string[] {
  if (head === null) return [];
  const { sequence, at, hash } = head;
  return [
    `The audit log ends with this entry, of ${at.toISOString()}:\n  ${sequence}:${hash}\nKeep this e-mail: with it, removed entries are noticed later. On the server: npm run audit -- --noted ${sequence}:${hash}`,
  ];
}

function writeText(digest: Digest): { readonly subject: string; readonly text: string } {
  const { addressee, pending, settings } = digest;
  const { publicUrl, secret } = settings;
  const groups = groupHappenings(pending);
  const entries = groups.slice(0, maxListed).map((group) => writeEntry(group, digest));
  const more = groups.slice(maxListed).flat().length;
  if (more > 0) entries.push(`${more} more: ${linkTo("/notifications", digest)}`);
  const token = writeUnsubscribeToken(secret, addressee.membershipId);
  const [only] = pending;
  const subject =
    pending.length === 1 && only !== undefined
      ? describeHappening(describe(only, digest))
      : `${pending.length} notifications of ${addressee.workspaceName}`;
  return {
    subject,
    text: [
      `Hello ${addressee.name},`,
      `this happened in the workspace ${addressee.workspaceName}:`,
      ...entries,
      ...writeHead(digest),
      `Choose what you get: ${linkTo("/settings/notifications", digest)}\nNo more e-mails about this workspace: ${new URL(`/unsubscribe/${token}`, publicUrl).href}\n`,
    ].join("\n\n"),
  };
}

/** Writes what is due to the outbox. Without settings, this installation sends none: then nothing stays due. Returns the number of e-mails. */
export async function writeDigests(database: Database, settings: DigestSettings | null): Promise<number> {
  let written = 0;
  for (const recipient of await findDueRecipients(database.connection))
    await database.transaction(async ({ connection }) => {
      const pending = await takePending(connection, recipient);
      if (pending.length === 0 || settings === null) return;
      const addressee = await findAddressee(connection, recipient);
      if (addressee === null) return;
      const names = await namesOf(
        connection,
        pending.map(({ byId }) => byId),
      );
      const head = addressee.isOwner ? await findLatestEntry(connection, recipient.workspaceId) : null;
      const { subject, text } = writeText({ addressee, pending, names, head, settings });
      const token = writeUnsubscribeToken(settings.secret, addressee.membershipId);
      const unsubscribeUrl = new URL(`/email-choices/${token}`, settings.publicUrl).href;
      await writeEmail(connection, { workspaceId: null, to: addressee.email, subject, text: "", sealedText: text, unsubscribeUrl });
      written += 1;
    });
  return written;
}
