/** The account whose session a page request has, for the parts of a page that name the user. */
import type { Account } from "../features/session/account.ts";
import { apiAddress } from "./api.ts";

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
    const found = (await response.json()) as { readonly user?: Account } | null;
    return found?.user === undefined ? null : { name: found.user.name, email: found.user.email };
  } catch {
    return null;
  }
}
