/**
 * Checks whether a link opens a study before its voting page is sent, so that a link without a study is answered with 404. The request has
 * no cookie: what the link opens does not depend on the reader.
 */
import { BallotHeadingDocument } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

export interface BallotHeading {
  readonly title: string;
}

/** A token in base64url. */
const tokenForm = /^[\w-]{16,128}$/;

interface Answer {
  readonly data?: { readonly ballot: BallotHeading | null } | null;
}

/** Null if the link opens no study; "unknown" if the API does not answer. */
export async function findLinkedBallot(link: string): Promise<BallotHeading | "unknown" | null> {
  if (!tokenForm.test(link)) return null;
  try {
    const response = await askApi(BallotHeadingDocument, { link });
    // A refusal for too many requests says nothing about the link.
    if (response.status >= 500 || response.status === 429) return "unknown";
    return ((await response.json()) as Answer).data?.ballot ?? null;
  } catch {
    return "unknown";
  }
}
