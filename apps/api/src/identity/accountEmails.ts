/**
 * E-mails about an account. They are about no workspace, so no owner can read them, and their text is sealed: it is deleted as soon as the
 * e-mail is sent, or kept in a file of an installation without a mail server.
 */
import { hoursOfVerification } from "@pareidolia/persistence/access/accounts/emailVerification";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { writeEmail } from "@pareidolia/persistence/workspace/emails/emails";
import type { AccessChoices } from "./accessChoices.ts";

export const minutesOfReset = 60;

interface AccountEmail {
  readonly to: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

async function write(connection: Connection, { to, subject, paragraphs }: AccountEmail): Promise<void> {
  await writeEmail(connection, { workspaceId: null, to, subject, text: "", sealedText: `${paragraphs.join("\n\n")}\n` });
}

export function writeResetEmail(
  connection: Connection,
  { to, publicUrl, token }: { to: string; publicUrl: URL; token: string },
): Promise<void> {
  return write(connection, {
    to,
    subject: "Choose a new password",
    paragraphs: [
      `A new password was requested for the Pareidolia account ${to}. Open this link within ${minutesOfReset} minutes to choose one:`,
      new URL(`/reset/${token}`, publicUrl).href,
      "If that was not you, ignore this e-mail. Your password stays as it is.",
    ],
  });
}

export function writePasswordChangedEmail(
  connection: Connection,
  { to, publicUrl, endSessions, revokeKeys }: { to: string; publicUrl: URL } & AccessChoices,
): Promise<void> {
  const ended = endSessions && revokeKeys ? "all its sessions and API keys" : endSessions ? "all its sessions" : "all its API keys";
  const consequence = endSessions || revokeKeys ? ` It ended ${ended}.` : "";
  return write(connection, {
    to,
    subject: "Your password was changed",
    paragraphs: [
      `The password of the Pareidolia account ${to} was changed by the link in an e-mail.${consequence}`,
      `If that was not you, choose another password at once: ${new URL("/reset", publicUrl).href}`,
    ],
  });
}

export function writeVerificationEmail(
  connection: Connection,
  { to, publicUrl, token }: { to: string; publicUrl: URL; token: string },
): Promise<void> {
  return write(connection, {
    to,
    subject: "Verify your e-mail address",
    paragraphs: [
      `Open this link within ${hoursOfVerification} hours, while you are signed in, to verify ${to}:`,
      new URL(`/verify/${token}`, publicUrl).href,
      "If you have no account at Pareidolia, ignore this e-mail.",
    ],
  });
}

/** To the old address, in case the request is not its holder's. */
export function writeAddressNotice(
  connection: Connection,
  { to, newEmail, publicUrl, isDone }: { to: string; newEmail: string; publicUrl: URL; isDone: boolean },
): Promise<void> {
  return write(connection, {
    to,
    subject: isDone ? "Your e-mail address was changed" : "Your e-mail address is about to change",
    paragraphs: [
      isDone
        ? `Your Pareidolia account now has the e-mail address ${newEmail} instead of ${to}.`
        : `The Pareidolia account ${to} is to get the e-mail address ${newEmail}, once that is verified.`,
      isDone
        ? "If that was not you, tell the operator of this installation."
        : `If that was not you, choose another password at once: ${new URL("/reset", publicUrl).href}`,
    ],
  });
}

/** To an address that another account should get, but that has one already. The page says the same in both cases. */
export function writeAddressTakenNotice(connection: Connection, { to }: { to: string }): Promise<void> {
  return write(connection, {
    to,
    subject: "Your e-mail address has an account already",
    paragraphs: [
      `A user wanted to give another Pareidolia account the address ${to}. It stays with your account, and nothing was changed.`,
      "If that was you, sign in with this address instead.",
    ],
  });
}

export type SecondFactorChange = "on" | "off" | "newCodes" | "codeUsed";

const secondFactorTexts: Readonly<Record<SecondFactorChange, { readonly subject: string; readonly text: string }>> = {
  on: { subject: "Your second factor is on", text: "now needs a code of an authenticator app to sign in. Its other sessions were ended." },
  off: { subject: "Your second factor is off", text: "no longer needs a code to sign in." },
  newCodes: { subject: "You have new backup codes", text: "has new backup codes. The earlier ones no longer work." },
  codeUsed: { subject: "A backup code was used", text: "was signed in to with a backup code." },
};

/** @param codesLeft how many backup codes can still be used. */
export function writeSecondFactorEmail(
  connection: Connection,
  { to, publicUrl, change, codesLeft }: { to: string; publicUrl: URL; change: SecondFactorChange; codesLeft: number },
): Promise<void> {
  const { subject, text } = secondFactorTexts[change];
  const left =
    change === "codeUsed" ? ` ${codesLeft} ${codesLeft === 1 ? "code is" : "codes are"} left; you can make new ones in your profile.` : "";
  return write(connection, {
    to,
    subject,
    paragraphs: [
      `The Pareidolia account ${to} ${text}${left}`,
      `If that was not you, choose another password at once: ${new URL("/reset", publicUrl).href}`,
    ],
  });
}
