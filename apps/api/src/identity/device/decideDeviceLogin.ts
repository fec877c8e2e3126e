/** POST /auth/device/describe, /approve and /refuse: what the page /device shows of a program's request, and the member's answer. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { decideDeviceLogin, openDeviceLogin } from "@pareidolia/persistence/access/accounts/deviceLogins";
import { findWorkspaces } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import type { Request, RequestHandler } from "express";
import { z } from "zod";
import { lockForKey, requireKeys } from "../../apiKey/issueKey.ts";
import { readBody } from "../readBody.ts";
import type { DeviceLoginOptions } from "./deviceLoginOptions.ts";
import { readUserCode } from "./userCode.ts";

const bodySchema = z.object({ code: z.string().min(1, "Enter the code.").max(40) });
/** The page names the workspace that it showed, since another tab may have changed the session's meanwhile. */
const approvalSchema = bodySchema.extend({ workspaceId: z.string().min(1).max(100) });

function closedCode(): AppError {
  return new AppError("NOT_FOUND", "This code was used, has expired or is mistyped. Compare it with the terminal, or start again there.");
}

function readCode(text: string): string {
  const code = readUserCode(text);
  if (code === null) throw closedCode();
  return code;
}

async function readSender({ database, authenticate }: DeviceLoginOptions, request: Request): Promise<MemberActor> {
  const actor: Actor = await authenticate({ headers: request.headers, connectionParams: {}, clientAddress: request.ip });
  return requireKeys(database.connection, actor);
}

/** Opens the code for the sender: see `openDeviceLogin`. */
export function describeDeviceLogin(options: DeviceLoginOptions): RequestHandler {
  const { connection } = options.database;
  return async (request, response) => {
    const code = readCode(readBody(bodySchema, request).code);
    const { userId, workspaceId, role } = await readSender(options, request);
    const login = await openDeviceLogin(connection, code, userId);
    const [workspace] = await findWorkspaces(connection, [workspaceId]);
    if (login === null || workspace == null) throw closedCode();
    response.json({ code, ...login, role, workspace: { id: workspaceId, name: workspace.name } });
  };
}

export function approveDeviceLogin(options: DeviceLoginOptions): RequestHandler {
  return async (request, response) => {
    const { code, workspaceId: shown } = readBody(approvalSchema, request);
    const sender = await readSender(options, request);
    const { userId, workspaceId } = sender;
    if (shown !== workspaceId)
      throw new AppError(
        "CONFLICT",
        "You have switched to another workspace since you opened this request. Reload the page and check it again.",
      );
    await options.database.transaction(async ({ connection }) => {
      await lockForKey(connection, sender);
      if (!(await decideDeviceLogin(connection, { userCode: readCode(code), userId, workspaceId }))) throw closedCode();
    });
    response.json({ decision: "APPROVED" });
  };
}

/** Open to every member, since a refusal grants nothing. */
export function refuseDeviceLogin(options: DeviceLoginOptions): RequestHandler {
  return async (request, response) => {
    const { code } = readBody(bodySchema, request);
    const { userId } = await readSender(options, request);
    if (!(await decideDeviceLogin(options.database.connection, { userCode: readCode(code), userId, workspaceId: null })))
      throw closedCode();
    response.json({ decision: "REFUSED" });
  };
}
