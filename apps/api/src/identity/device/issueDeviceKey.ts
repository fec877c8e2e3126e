/**
 * POST /auth/device/token: what a program polls. Once a member has approved, the answer is the API key, which is created at that moment: its
 * secret exists nowhere else, and a program gets none if its member has lost access since the approval. Errors have the form and codes of RFC 8628.
 */
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { findActiveMembership } from "@pareidolia/persistence/access/accounts/activeMembership";
import {
  type ApprovedDeviceLogin,
  type DeviceLoginState,
  deleteDeviceLogin,
  pollDeviceLogin,
  takeDeviceLogin,
} from "@pareidolia/persistence/access/accounts/deviceLogins";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { RequestHandler, Response } from "express";
import { z } from "zod";
import { issueKey, requireKeys } from "../../apiKey/issueKey.ts";
import { readBody } from "../readBody.ts";
import { type DeviceLoginOptions, pollSeconds } from "./deviceLoginOptions.ts";

const grantType = "urn:ietf:params:oauth:grant-type:device_code";
const secondsPerDay = 86_400;

const bodySchema = z.object({
  grant_type: z.literal(grantType, `grant_type is ${grantType}.`),
  device_code: z.string().min(1).max(100),
});

type Refused = Exclude<DeviceLoginState, "approved">;

const refusals: Readonly<Record<Refused, { readonly error: string; readonly error_description: string }>> = {
  unknown: { error: "expired_token", error_description: "The code has expired, was used or never existed. Start again." },
  tooSoon: { error: "slow_down", error_description: `Wait ${pollSeconds} seconds between two polls.` },
  pending: { error: "authorization_pending", error_description: "No member has decided yet." },
  refused: { error: "access_denied", error_description: "The member refused." },
};

function refuse(response: Response, state: Refused): void {
  response.status(400).json(refusals[state]);
}

/** @throws AppError FORBIDDEN if the member has lost access since the approval. */
async function readMember(connection: Connection, { userId, workspaceId, clientAddress }: ApprovedDeviceLogin): Promise<MemberActor> {
  const membership = await findActiveMembership(connection, { userId, activeWorkspaceId: workspaceId });
  if (membership?.workspaceId !== workspaceId) throw new AppError("FORBIDDEN", "The member who approved has left the workspace.");
  return { userId, clientAddress, ...membership };
}

export function issueDeviceKey({ database }: DeviceLoginOptions): RequestHandler {
  return async (request, response) => {
    const { device_code: deviceCode } = readBody(bodySchema, request);
    const state = await pollDeviceLogin(database.connection, deviceCode, pollSeconds);
    if (state === "refused") await deleteDeviceLogin(database.connection, deviceCode);
    if (state !== "approved") return refuse(response, state);
    const issued = await database.transaction(async ({ connection }) => {
      const login = await takeDeviceLogin(connection, deviceCode);
      if (login === null) return null;
      const member = await requireKeys(connection, await readMember(connection, login));
      const seconds = login.keyDays * secondsPerDay;
      const expiresAt = new Date(Date.now() + seconds * 1000);
      const { secret } = await issueKey(connection, member, { name: login.clientName, scopes: login.scopes, expiresAt });
      return { access_token: secret, token_type: "Bearer", expires_in: seconds, scope: login.scopes.join(" ") };
    });
    if (issued === null) return refuse(response, "unknown");
    response.json(issued);
  };
}
