/**
 * Tells the other owners that a workspace was deleted: until it is removed for good, each of them can restore it. The e-mail is sealed, as
 * the workspace's outbox is closed with it.
 */
import { toLine } from "@pareidolia/core/lineText";
import type { Connection } from "../../server/database/database.ts";
import { writeEmail } from "../emails/emails.ts";

interface Deletion {
  readonly workspaceId: string;
  readonly deletedBy: string;
  readonly restorableUntil: Date;
  /** Null for an API that does not know the address of the web application. */
  readonly publicUrl: URL | null;
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

export async function writeDeletionEmails(connection: Connection, deletion: Deletion): Promise<void> {
  const { workspaceId, deletedBy, restorableUntil, publicUrl } = deletion;
  const { name: workspaceName, memberships: owners } = await connection.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: {
      name: true,
      memberships: {
        where: { role: "OWNER", suspendedAt: null },
        orderBy: { createdAt: "asc" },
        select: { userId: true, user: { select: { name: true, email: true } } },
      },
    },
  });
  const actor = owners.find(({ userId }) => userId === deletedBy)?.user.name ?? "An owner";
  const name = toLine(workspaceName);
  const place = publicUrl === null ? "your settings" : new URL("/settings/general", publicUrl).href;
  for (const { userId, user } of owners) {
    if (userId === deletedBy) continue;
    const paragraphs = [
      `${toLine(actor)} deleted the workspace ${name}. Its members have no access any more, and its runs have stopped.`,
      `Until ${day.format(restorableUntil)}, you can restore it with everything in it: ${place}`,
    ];
    await writeEmail(connection, {
      workspaceId: null,
      to: user.email,
      subject: `The workspace ${name} was deleted`,
      text: "",
      sealedText: `${paragraphs.join("\n\n")}\n`,
    });
  }
}
