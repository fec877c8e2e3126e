/** Tells a member by e-mail that an owner took their access to the workspace away, or gave it back. */
import type { MemberActor } from "@pareidolia/core/actor";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { writeEmail } from "@pareidolia/persistence/workspace/emails/emails";
import { findWorkspaces } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";

export type AccessChange = "suspended" | "restored" | "removed";

const sentences: Readonly<Record<AccessChange, (owner: string) => string>> = {
  suspended: (owner) =>
    `${owner} suspended your access. Your API keys for it are revoked. What you created stays, and an owner can restore your access.`,
  restored: (owner) => `${owner} restored your access. API keys that were revoked stay revoked.`,
  removed: (owner) => `${owner} removed you. Your API keys for it are revoked. What you created stays.`,
};

export async function writeAccessEmail(
  connection: Connection,
  { workspaceId, userId }: MemberActor,
  { to, change }: { to: string; change: AccessChange },
): Promise<void> {
  const [workspace] = await findWorkspaces(connection, [workspaceId]);
  const owner = (await connection.user.findUnique({ where: { id: userId }, select: { name: true } }))?.name ?? "An owner";
  const name = workspace?.name ?? "Pareidolia";
  await writeEmail(connection, {
    workspaceId,
    to,
    subject: `Your access to ${name} was ${change}`,
    text: `Pareidolia, workspace “${name}”: ${sentences[change](owner)}\n`,
  });
}
