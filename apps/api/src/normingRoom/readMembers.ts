/** Reads references to members who are to take part in a room or to get images. */
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findMembersById } from "@pareidolia/persistence/workspace/members/members";
import { parseIdOf } from "../globalId/globalId.ts";
import type { Action } from "../policy/actions.ts";
import { policy, rolesOf } from "../policy/policy.ts";

/**
 * IDs of the members' users, distinct. @throws AppError NOT_FOUND; INVALID_INPUT for a suspended member and one whose role does not permit
 * `action`, unless it is null.
 */
export async function readMembers(
  connection: Connection,
  { actor, references, action, field }: { actor: MemberActor; references: readonly string[]; action: Action | null; field: string },
): Promise<string[]> {
  const ids = references.map((reference) => parseIdOf("Member", reference, field));
  const members = await findMembersById(connection, ids);
  const users = members.map((member) => {
    if (member === null || !policy.isOwn(actor, member)) throw new AppError("NOT_FOUND", "There is no such member.", { field });
    if (action === null) return member.createdById;
    if (member.suspendedAt !== null) throw new AppError("INVALID_INPUT", `${member.name} is suspended and cannot take part.`, { field });
    if (!rolesOf(action).includes(member.role))
      throw new AppError("INVALID_INPUT", `${member.name} is a ${member.role.toLowerCase()}. Choose labellers, researchers and owners.`, {
        field,
      });
    return member.createdById;
  });
  return [...new Set(users)];
}
