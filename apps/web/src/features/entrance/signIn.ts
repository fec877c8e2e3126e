/** Signs in by e-mail address and password, and by a second factor. */
import { postAccount, type Refusal } from "../session/account.ts";

const wrongPassword =
  "This e-mail address and password do not belong together. Check both, or ask an owner of your workspace for an invitation.";

/** Returns why the user is not signed in, "code" if a second factor is required as well, or null if they are signed in. */
export async function signIn(email: string, password: string): Promise<Refusal | "code" | null> {
  const answer = await postAccount<{ twoFactorRedirect?: boolean } | null>("/sign-in/email", { email: email.trim(), password });
  if ("data" in answer) return answer.data?.twoFactorRedirect === true ? "code" : null;
  const { refusal } = answer;
  return refusal.code === "INVALID_EMAIL_OR_PASSWORD" ? { ...refusal, message: wrongPassword } : refusal;
}

const wrongCode = "This code is wrong or has expired. Enter the code that the app shows now, or an unused backup code.";

/** Completes a sign-in by the six digits of an authenticator app, or by a backup code. Returns why it failed; null if it did not. */
export async function enterCode(typed: string, trustDevice: boolean): Promise<Refusal | null> {
  const code = typed.replaceAll(/\s/g, "");
  const path = /^\d{6}$/.test(code) ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code";
  const answer = await postAccount(path, { code, trustDevice });
  if ("data" in answer) return null;
  const { refusal } = answer;
  return refusal.code === "INVALID_CODE" || refusal.code === "INVALID_BACKUP_CODE" ? { ...refusal, message: wrongCode } : refusal;
}
