/**
 * How a request identifies its document. In production it sends only a hash, since the API accepts only the web application's own documents
 * from a browser's session. In development it sends the text, so that a changed document works without a build.
 */

interface PersistedQuery {
  readonly version: 1;
  readonly sha256Hash: string;
}

const isProduction = process.env.NODE_ENV === "production";

/** The extensions of a request; undefined if it sends the text. The code generator adds the hash (persistedOperations.mjs). */
export function persistedExtensions(document: object, isPersisted = isProduction): { readonly persistedQuery: PersistedQuery } | undefined {
  const { hash } = (document as { readonly __meta__?: { readonly hash?: string } }).__meta__ ?? {};
  return isPersisted && hash !== undefined ? { persistedQuery: { version: 1, sha256Hash: hash } } : undefined;
}

/** The API's error code for a document that it no longer knows after an update. */
export const outdatedCode = "PERSISTED_OPERATION_NOT_FOUND";

export function isOutdated(errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] | undefined): boolean {
  return errors?.some(({ extensions }) => extensions?.["code"] === outdatedCode) === true;
}
