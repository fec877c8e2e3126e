/** How people sign in at this installation. */
import { apiAddress } from "./api.ts";

const timeoutMilliseconds = 3_000;

interface SignInMethods {
  /** The OpenID Connect provider; null without one. */
  readonly oidc: { readonly name: string } | null;
  /** Whether there is a mail server. */
  readonly email: boolean;
}

/** Null if the API does not answer. */
export async function findSignInMethods(): Promise<SignInMethods | null> {
  try {
    const response = await fetch(apiAddress("/auth/methods"), { cache: "no-store", signal: AbortSignal.timeout(timeoutMilliseconds) });
    return response.ok ? ((await response.json()) as SignInMethods) : null;
  } catch {
    return null;
  }
}
