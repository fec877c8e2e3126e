/**
 * The routes under /auth: better-auth's own (sign-in, sign-out, sessions, passwords), and the creation of the first owner. Each attempt to
 * sign in or to use a link is counted before it is checked.
 */
import { AppError } from "@pareidolia/core/appError";
import { createOwner } from "@pareidolia/persistence/accounts/createOwner";
import { takeOwnerLink } from "@pareidolia/persistence/accounts/ownerLink";
import type { Database } from "@pareidolia/persistence/database";
import { fromNodeHeaders, toNodeHandler } from "better-auth/node";
import express, { type RequestHandler, type Router } from "express";
import { z } from "zod";
import { answerError } from "../http/errorAnswers.ts";
import { type Accounts, passwordLengths } from "./accounts.ts";
import { limitAttempts } from "./limitAttempts.ts";

const largestBody = "16kb";

const ownerSchema = z.object({
  token: z.string().min(1).max(100),
  name: z.string().trim().min(1, "Enter your name.").max(100, "Enter a name of at most 100 characters."),
  email: z.email("Enter an e-mail address.").trim().toLowerCase().max(254),
  password: z
    .string()
    .min(passwordLengths.minimum, `Choose a password of at least ${passwordLengths.minimum} characters.`)
    .max(passwordLengths.maximum, `Choose a password of at most ${passwordLengths.maximum} characters.`),
});

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
    answerError(response, 429, "RATE_LIMITED", `Too many attempts. Try again in ${secondsToWait} seconds.`);
  };
}

/** Creates the owner and signs in. The link stays valid if anything about the request is wrong. */
function createFirstOwner(accounts: Accounts, database: Database): RequestHandler {
  return async (request, response) => {
    const parsed = ownerSchema.safeParse(request.body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AppError("INVALID_INPUT", issue?.message ?? "The request cannot be read.", { field: String(issue?.path[0] ?? "") });
    }
    const { token, name, email, password } = parsed.data;
    const { password: passwords } = await accounts.$context;
    const passwordHash = await passwords.hash(password);
    await database.transaction(async ({ connection }) => {
      const workspaceId = await takeOwnerLink(connection, token);
      if (workspaceId === null)
        throw new AppError("NOT_FOUND", "This link was used already or has expired. Restart the server for a new one.");
      await createOwner(connection, workspaceId, { name, email, passwordHash });
    });
    const signedIn = await accounts.api.signInEmail({
      body: { email, password },
      headers: fromNodeHeaders(request.headers),
      asResponse: true,
    });
    response.status(201).setHeader("Set-Cookie", signedIn.headers.getSetCookie());
    response.json({ email });
  };
}

/** Mount it at `accountsPath`, above `identify`. */
export function serveAccounts(accounts: Accounts, database: Database): Router {
  const router = express.Router();
  // Whatever its declared type: a form would reach better-auth without being counted for its e-mail address.
  router.use(express.json({ limit: largestBody, type: () => true }));
  router.use(limitGuesses(database));
  router.post("/owner", createFirstOwner(accounts, database));
  const handle = toNodeHandler(accounts);
  router.use((request, response, next) => (openPaths.has(request.path) ? handle(request, response) : next()));
  return router;
}
