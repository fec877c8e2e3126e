/**
 * The routes under /auth/device, by which a program without a browser gets an API key (RFC 8628, with JSON bodies): the program requests a
 * code and polls, and a member approves the code on the page /device.
 *
 * better-auth has a plugin for this, which does not fit: it gives the program a session of the user in all workspaces, without scopes or a
 * place in the list of API keys, and up to 1.7 let every signed-in user decide on every code (CVE-2026-45337). Here, the key belongs to one
 * workspace, has the scopes that the page showed, and only the member who opened a code first can decide on it.
 */
import express, { type Router } from "express";
import { approveDeviceLogin, describeDeviceLogin, refuseDeviceLogin } from "./decideDeviceLogin.ts";
import type { DeviceLoginOptions } from "./deviceLoginOptions.ts";
import { issueDeviceKey } from "./issueDeviceKey.ts";
import { requestDeviceLogin } from "./requestDeviceLogin.ts";

export function serveDeviceLogins(options: DeviceLoginOptions): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.post("/code", requestDeviceLogin(options));
  router.post("/token", issueDeviceKey(options));
  router.post("/describe", describeDeviceLogin(options));
  router.post("/approve", approveDeviceLogin(options));
  router.post("/refuse", refuseDeviceLogin(options));
  return router;
}
