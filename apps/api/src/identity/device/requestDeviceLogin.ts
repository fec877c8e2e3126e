/** POST /auth/device/code: a program requests an API key, and gets the code with which it polls and the one that a member enters. */
import { randomBytes } from "node:crypto";
import { type KeyScope, keyScopes } from "@pareidolia/core/actor";
import { createDeviceLogin } from "@pareidolia/persistence/access/accounts/deviceLogins";
import type { RequestHandler } from "express";
import { z } from "zod";
import { readBody } from "../readBody.ts";
import { type DeviceLoginOptions, pollSeconds } from "./deviceLoginOptions.ts";
import { createUserCode } from "./userCode.ts";

const secondsOfCode = 600;
const bytesOfDeviceCode = 32;
const usualKeyDays = 90;
const maxKeyDays = 365;

function readScopes(text: string): KeyScope[] | null {
  const words = text.split(" ").filter((word) => word !== "");
  const scopes = keyScopes.filter((scope) => words.includes(scope));
  return scopes.length === 0 || scopes.length < new Set(words).size ? null : scopes;
}

const bodySchema = z.object({
  /** Shown to the member who decides, and the name of the key. */
  client_id: z
    .string()
    .trim()
    .min(1, "Send the name of your program as client_id.")
    .max(100, "client_id has at most 100 characters.")
    .regex(/^\P{C}+$/u, "client_id has characters that cannot be shown."),
  scope: z
    .string()
    .max(100)
    .default("READ")
    .transform((text, context) => {
      const scopes = readScopes(text);
      if (scopes !== null) return scopes;
      context.addIssue(`scope is a list of ${keyScopes.join(", ")}, separated by spaces.`);
      return z.NEVER;
    }),
  expires_in_days: z.int().min(1).max(maxKeyDays, `A key of a program expires in 1 to ${maxKeyDays} days.`).default(usualKeyDays),
});

export function requestDeviceLogin({ database, publicUrl }: DeviceLoginOptions): RequestHandler {
  return async (request, response) => {
    const { client_id: clientName, scope: scopes, expires_in_days: keyDays } = readBody(bodySchema, request);
    const [deviceCode, userCode] = [randomBytes(bytesOfDeviceCode).toString("base64url"), createUserCode()];
    const expiresAt = new Date(Date.now() + secondsOfCode * 1000);
    const clientAddress = request.ip ?? "unknown";
    await createDeviceLogin(database.connection, { deviceCode, userCode, clientName, clientAddress, scopes, keyDays, expiresAt });
    const page = new URL("/device", publicUrl);
    response.json({
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: page.href,
      verification_uri_complete: `${page.href}?code=${userCode}`,
      expires_in: secondsOfCode,
      interval: pollSeconds,
    });
  };
}
