/** The member to whom a run or experiment is assigned. */
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { isActiveMember } from "@pareidolia/persistence/lab/tracking/editRuns";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { encodeGlobalId, parseIdOf } from "../globalId/globalId.ts";
import type { FieldChange } from "./requireUnchanged.ts";

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

/** @param wanted undefined for no change */
export function assigneeChange(
  { assigneeId: stored }: { readonly assigneeId: string | null },
  wanted: string | null | undefined,
  { previousAssigneeId: previous }: { readonly previousAssigneeId?: string | null },
): FieldChange {
  return {
    field: "assigneeId",
    stored,
    wanted: wanted === undefined ? stored : wanted,
    previous: previous == null ? previous : parseIdOf("User", previous, "input.previousAssigneeId"),
    show: (id: string | null) => (id === null ? null : encodeGlobalId("User", id)),
  };
}
