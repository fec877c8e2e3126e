/**
 * Checks with the API whether a request has a session, before a page is sent. In single-user mode every request has one. If the API does not
 * answer, the page is sent: it contains no data itself, and says that the API is down.
 */
import { apiAddress } from "./api.ts";

const query = JSON.stringify({ query: "query Session { viewer { user { id } } }" });
const timeoutMilliseconds = 3_000;

interface SessionResponse {
  readonly data?: { readonly viewer: unknown } | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

export type SessionState = "open" | "none" | "unknown";

export async function findSession(cookie: string | null): Promise<SessionState> {
  try {
    const response = await fetch(apiAddress("/graphql"), {
      method: "POST",
      headers: { "content-type": "application/json", ...(cookie === null ? {} : { cookie }) },
      body: query,
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const { data, errors = [] } = (await response.json()) as SessionResponse;
    if (errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) return "none";
    return data?.viewer == null ? "unknown" : "open";
  } catch {
    return "unknown";
  }
}
