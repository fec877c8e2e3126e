/**
 * The routes under /auth: better-auth's own (sign-in, sign-out, sessions, passwords), the creation of the first owner, and joining by
 * invitation. Each attempt to sign in or to use a link is counted before it is checked.
 */
import type { Database } from "@pareidolia/persistence/database/database";
import { toNodeHandler } from "better-auth/node";
import express, { type RequestHandler, type Router } from "express";
import { sendError } from "../http/errorResponses.ts";
import type { Accounts } from "./accounts.ts";
import { clientAddressHeader } from "./auditSessions.ts";
import { createFirstOwner } from "./createFirstOwner.ts";
import { acceptInvitation, describeInvitation, joinByInvitation } from "./joinByInvitation.ts";
import { limitAttempts } from "./limitAttempts.ts";

const largestBody = "16kb";

/** The routes of better-auth that the web application uses; the others are closed. */
const openPaths: ReadonlySet<string> = new Set([
  "/sign-in/email",
  "/sign-out",
  "/get-session",
  "/list-sessions",
  "/revoke-session",
  "/revoke-other-sessions",
  "/revoke-sessions",
  "/change-password",
  "/update-user",
]);

/** Paths at which a client could guess a password or a code, and the action under which its attempts are counted. */
const guarded: Readonly<Record<string, string>> = {
  "/sign-in/email": "sign-in",
  "/owner": "owner-link",
  "/change-password": "password-change",
  "/invitation": "invitation",
  "/join": "invitation",
  "/accept": "invitation",
};

function limitGuesses(database: Database): RequestHandler {
  return async (request, response, next) => {
    const action = guarded[request.path];
    if (action === undefined || request.method !== "POST") return next();
    const { email } = (request.body ?? {}) as { email?: unknown };
    const attempt = { action, email: typeof email === "string" ? email : null, clientAddress: request.ip ?? "unknown" };
    const secondsToWait = await limitAttempts(database, attempt);
    if (secondsToWait === 0) return next();
    response.setHeader("Retry-After", secondsToWait);
    sendError(response, 429, "RATE_LIMITED", `Too many attempts. Try again in ${secondsToWait} seconds.`);
  };
}

/** better-auth reads the client's address from this header, which a client could otherwise set. */
const fromClient: RequestHandler = (request, _response, next) => {
  request.headers[clientAddressHeader] = request.ip ?? "";
  next();
};

/** Mount it at `accountsPath`, above `identify`. */
export function serveAccounts(accounts: Accounts, database: Database): Router {
  const router = express.Router();
  // Whatever its declared type: a form would reach better-auth without being counted for its e-mail address.
  router.use(express.json({ limit: largestBody, type: () => true }));
  router.use(fromClient);
  router.use(limitGuesses(database));
  router.post("/owner", createFirstOwner(accounts, database));
  router.post("/invitation", describeInvitation(database));
  router.post("/join", joinByInvitation(accounts, database));
  router.post("/accept", acceptInvitation(accounts, database));
  const handle = toNodeHandler(accounts);
  router.use((request, response, next) => (openPaths.has(request.path) ? handle(request, response) : next()));
  return router;
}
