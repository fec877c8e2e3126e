/**
 * Checks whether visitors may read an experiment before its page is sent, so that a private one is answered with 404, exactly like one that
 * does not exist. The request has no cookie: members of its workspace see what visitors see.
 */
import { apiAddress } from "./api.ts";

export interface SharedHeading {
  readonly name: string;
  readonly workspaceName: string;
}

const timeoutMilliseconds = 3_000;

async function ask(query: string, variables: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(apiAddress("/graphql"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
    cache: "no-store",
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
}

interface Answer {
  readonly data?: { readonly found: (SharedHeading & { readonly visibility: string }) | null } | null;
}

/** Null if there is no such experiment for visitors; "unknown" if the API does not answer. */
async function read(request: () => Promise<Response>, visibility: string): Promise<SharedHeading | "unknown" | null> {
  try {
    const response = await request();
    if (response.status >= 500) return "unknown";
    const { data } = (await response.json()) as Answer;
    return data?.found?.visibility === visibility ? data.found : null;
  } catch {
    return "unknown";
  }
}

export function findPublicExperiment(id: string): Promise<SharedHeading | "unknown" | null> {
  const query = "query Heading($id: ID!) { found: node(id: $id) { ... on Experiment { name workspaceName visibility } } }";
  return read(() => ask(query, { id }), "PUBLIC");
}

/** 32 random bytes in base64url. */
const tokenForm = /^[\w-]{43}$/;

export async function findLinkedExperiment(token: string): Promise<SharedHeading | "unknown" | null> {
  if (!tokenForm.test(token)) return null;
  return read(
    () => ask("query Heading { found: sharedExperiment { name workspaceName visibility } }", {}, { "x-share-token": token }),
    "UNLISTED",
  );
}
