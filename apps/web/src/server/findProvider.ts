/** The OpenID Connect provider with which people may sign in. */
import { apiAddress } from "./api.ts";

const timeoutMilliseconds = 3_000;

/** Its name; null without a provider, and if the API does not answer. */
export async function findProvider(): Promise<string | null> {
  try {
    const response = await fetch(apiAddress("/auth/methods"), { cache: "no-store", signal: AbortSignal.timeout(timeoutMilliseconds) });
    if (!response.ok) return null;
    return ((await response.json()) as { readonly oidc: { readonly name: string } | null }).oidc?.name ?? null;
  } catch {
    return null;
  }
}
