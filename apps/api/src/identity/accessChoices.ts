/**
 * Whether a new password also ends sessions and revokes API keys. Both are on by default, since a stranger may have had access. better-auth's
 * hooks do not get the request's body, so the choices travel in the request's async context.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestHandler } from "express";
import { z } from "zod";
import { readBody } from "./readBody.ts";

export interface AccessChoices {
  readonly endSessions: boolean;
  readonly revokeKeys: boolean;
}

const bodySchema = z.object({ endSessions: z.boolean().default(true), revokeKeys: z.boolean().default(true) });
const chosen = new AsyncLocalStorage<AccessChoices>();

export function accessChoices(): AccessChoices {
  return chosen.getStore() ?? { endSessions: true, revokeKeys: true };
}

/** Reads the choices of `/change-password` and `/reset-password`. @throws AppError INVALID_INPUT */
export const readAccessChoices: RequestHandler = (request, _response, next) => {
  const choices = readBody(bodySchema, request);
  // What better-auth calls it. The session that changes the password stays.
  request.body = { ...request.body, revokeOtherSessions: choices.endSessions };
  chosen.run(choices, next);
};
