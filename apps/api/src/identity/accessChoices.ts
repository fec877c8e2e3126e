/**
 * Whether a new password also ends sessions and revokes API keys: the person chooses, and both are the default, since a password is often
 * changed after a stranger had access. The library's hooks run below the request's handler, so the choice is kept beside the request.
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

/** Before `/change-password` and `/reset-password`. @throws AppError INVALID_INPUT */
export const readAccessChoices: RequestHandler = (request, _response, next) => {
  const choices = readBody(bodySchema, request);
  // better-auth's own name: the session that changes the password stays.
  request.body = { ...request.body, revokeOtherSessions: choices.endSessions };
  chosen.run(choices, next);
};
