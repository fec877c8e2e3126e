/** The account whose session a page request has, for the parts of a page that name the user. */
import type { Account } from "../features/session/account.ts";
import { apiAddress } from "./api.ts";

interface SessionResponse {
  readonly user?: { readonly name: string; readonly email: string; readonly twoFactorEnabled?: boolean | null };
}

const timeoutMilliseconds = 3_000;

/** Null in single-user mode, without a session, and if the API does not answer. */
export async function findAccount(cookie: string): Promise<Account | null> {
  if (cookie === "") return null;
  try {
    const response = await fetch(apiAddress("/auth/get-session?disableRefresh=true"), {
      headers: { cookie },
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!response.ok) return null;
    const user = ((await response.json()) as SessionResponse | null)?.user;
    return user === undefined ? null : { name: user.name, email: user.email, hasSecondFactor: user.twoFactorEnabled ?? null };
  } catch {
    return null;
  }
}
