/** What a person enters to get an account, and the first sign-in with it. */
import { findUnfitCharacter, isVisible } from "@pareidolia/core/lineText";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { fromNodeHeaders } from "better-auth/node";
import type { Request, Response } from "express";
import { z } from "zod";
import type { Accounts } from "./accounts.ts";
import { passwordLengths } from "./passwordLengths.ts";

export interface NewAccountOptions {
  readonly accounts: Accounts;
  readonly database: Database;
  readonly publicUrl: URL;
}

const { minimum, maximum } = passwordLengths;

export const tokenField = z.string().min(1).max(100);
/** @param missing the message for a name without visible characters. */
const lineField = (missing: string) =>
  z
    .string()
    .trim()
    .refine(isVisible, missing)
    .max(100, "Enter a name of at most 100 characters.")
    .refine((name) => findUnfitCharacter(name) === null, "Enter a name without invisible characters.");
export const nameField = lineField("Enter your name.");
export const workspaceNameField = lineField("Enter a name for the workspace.");
export const emailField = z.string().trim().toLowerCase().max(254).pipe(z.email("Enter an e-mail address."));
export const passwordField = z
  .string()
  .min(minimum, `Choose a password of at least ${minimum} characters.`)
  .max(maximum, `Choose a password of at most ${maximum} characters.`);

export async function hashPassword(accounts: Accounts, password: string): Promise<string> {
  return (await accounts.$context).password.hash(password);
}

/** Starts a session for an account that was created by this request, and answers with its cookie. */
export async function answerSignedIn(
  accounts: Accounts,
  credentials: { readonly email: string; readonly password: string },
  request: Request,
  response: Response,
): Promise<void> {
  const { email, password } = credentials;
  const signedIn = await accounts.api.signInEmail({
    body: { email, password },
    headers: fromNodeHeaders(request.headers),
    asResponse: true,
  });
  response.status(201).setHeader("Set-Cookie", signedIn.headers.getSetCookie());
  response.json({ email });
}
