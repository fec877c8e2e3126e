/**
 * Checks whether visitors may read an experiment, or a run of one, before its page is sent, so that a private one is answered with 404,
 * exactly like one that does not exist. The request has no cookie: members of its workspace see what visitors see.
 */
import {
  LinkedExperimentHeadingDocument,
  PublicExperimentHeadingDocument,
  type SharedHeadingFragment,
  SharedRunHeadingDocument,
} from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

export type SharedHeading = SharedHeadingFragment;

export interface SharedRunHeading {
  readonly name: string;
  readonly experiment: SharedHeading;
}

/** Null if there is no such object for visitors; "unknown" if the API does not answer. */
type Found<Heading> = Heading | "unknown" | null;

interface Answer<Heading> {
  /** Keyed by the name of the root field. */
  readonly data?: Readonly<Record<string, Heading | null>> | null;
}

async function read<Heading>(request: () => Promise<Response>, isShared: (found: Heading) => boolean): Promise<Found<Heading>> {
  try {
    const response = await request();
    if (response.status >= 500) return "unknown";
    const { data } = (await response.json()) as Answer<Heading>;
    const [found = null] = Object.values(data ?? {});
    return found !== null && isShared(found) ? found : null;
  } catch {
    return "unknown";
  }
}

export function findPublicExperiment(id: string): Promise<Found<SharedHeading>> {
  return read<SharedHeading>(
    () => askApi(PublicExperimentHeadingDocument, { id }),
    ({ visibility }) => visibility === "PUBLIC",
  );
}

/** A run of this public experiment; null for a run of another. */
export function findPublicRun(experimentId: string, runId: string): Promise<Found<SharedRunHeading>> {
  return read<SharedRunHeading>(
    () => askApi(SharedRunHeadingDocument, { id: runId }),
    ({ experiment }) => experiment?.visibility === "PUBLIC" && experiment.id === experimentId,
  );
}

/** 32 random bytes in base64url. */
const tokenForm = /^[\w-]{43}$/;
const withToken = (token: string) => ({ headers: { "x-share-token": token } });

export async function findLinkedExperiment(token: string): Promise<Found<SharedHeading>> {
  if (!tokenForm.test(token)) return null;
  return read<SharedHeading>(
    () => askApi(LinkedExperimentHeadingDocument, {}, withToken(token)),
    ({ visibility }) => visibility === "UNLISTED",
  );
}

/** A run of the link's experiment. The link opens no other unlisted experiment. */
export async function findLinkedRun(token: string, runId: string): Promise<Found<SharedRunHeading>> {
  if (!tokenForm.test(token)) return null;
  return read<SharedRunHeading>(
    () => askApi(SharedRunHeadingDocument, { id: runId }, withToken(token)),
    ({ experiment }) => experiment?.visibility === "UNLISTED",
  );
}
