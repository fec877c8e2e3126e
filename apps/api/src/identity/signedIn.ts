/** The user of a session, for routes under /auth, and a second check of the password before sensitive changes. */
import { AppError } from "@pareidolia/core/appError";
import { fromNodeHeaders } from "better-auth/node";
import type { Request } from "express";
import type { Accounts } from "./accounts.ts";

type SignedIn = NonNullable<Awaited<ReturnType<Accounts["api"]["getSession"]>>>;

export async function findSignedIn(accounts: Accounts, request: Request): Promise<SignedIn | null> {
  return accounts.api.getSession({ headers: fromNodeHeaders(request.headers) });
}

/** @throws AppError UNAUTHENTICATED */
export async function getSignedIn(accounts: Accounts, request: Request): Promise<SignedIn> {
  const found = await findSignedIn(accounts, request);
  if (found === null) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return found;
}

/** @throws AppError INVALID_INPUT for a wrong password, and for an account without one. */
export async function checkPassword(accounts: Accounts, request: Request, password: string): Promise<void> {
  const answer = await accounts.api.verifyPassword({ body: { password }, headers: fromNodeHeaders(request.headers), asResponse: true });
  if (answer.status === 400) throw new AppError("INVALID_INPUT", "This is not your password.", { field: "password" });
  if (!answer.ok) throw new AppError("UNAUTHENTICATED", "Sign in first.");
}
