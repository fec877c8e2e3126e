/**
 * Checks whether visitors may read an experiment before its page is sent, so that a private one is answered with 404, exactly like one that
 * does not exist. The request has no cookie: members of its workspace see what visitors see.
 */
import { LinkedExperimentHeadingDocument, PublicExperimentHeadingDocument } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

export interface SharedHeading {
  readonly name: string;
  readonly workspaceName: string;
}

type Found = SharedHeading & { readonly visibility: string };

interface Answer {
  /** Keyed by the name of the root field. */
  readonly data?: Readonly<Record<string, Found | null>> | null;
}

/** Null if there is no such experiment for visitors; "unknown" if the API does not answer. */
async function read(request: () => Promise<Response>, visibility: string): Promise<SharedHeading | "unknown" | null> {
  try {
    const response = await request();
    if (response.status >= 500) return "unknown";
    const { data } = (await response.json()) as Answer;
    const [found = null] = Object.values(data ?? {});
    return found?.visibility === visibility ? found : null;
  } catch {
    return "unknown";
  }
}

export function findPublicExperiment(id: string): Promise<SharedHeading | "unknown" | null> {
  return read(() => askApi(PublicExperimentHeadingDocument, { id }), "PUBLIC");
}

/** 32 random bytes in base64url. */
const tokenForm = /^[\w-]{43}$/;

export async function findLinkedExperiment(token: string): Promise<SharedHeading | "unknown" | null> {
  if (!tokenForm.test(token)) return null;
  return read(() => askApi(LinkedExperimentHeadingDocument, {}, { headers: { "x-share-token": token } }), "UNLISTED");
}
