/** The member to whom a run or experiment is assigned. */
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Connection } from "@pareidolia/persistence/database/database";
import { isActiveMember } from "@pareidolia/persistence/tracking/editRuns";
import { parseIdOf } from "../globalId/globalId.ts";

/** Returns the user's ID; null for no one, undefined for no change. @throws AppError INVALID_INPUT for anyone but a member with access. */
export async function readAssignee(
  connection: Connection,
  { workspaceId }: MemberActor,
  text: string | null | undefined,
  field: string,
): Promise<string | null | undefined> {
  if (text == null) return text;
  const userId = parseIdOf("User", text, field);
  if (await isActiveMember(connection, { workspaceId, userId })) return userId;
  throw new AppError("INVALID_INPUT", "Only a member of the workspace can be assigned.", { field });
}
