/**
 * The operations of the web application, by the SHA-256 of their text, from the manifest of its build. Browsers add the session cookie to
 * requests automatically, so a request with a session may use only these operations: a hostile page or script cannot use the session for
 * anything else. Other senders may send any document: a program sends its API key deliberately, and visitors have no rights to abuse.
 */
import { readFile } from "node:fs/promises";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { GraphQLError } from "graphql";

/** The part of a request that names its document, over any transport. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** `sha256:` and the hash, as in the appendix "Persisted Documents" of GraphQL over HTTP. */
  readonly documentId?: unknown;
  /** `persistedQuery.sha256Hash`, as Apollo's and urql's clients send it. */
  readonly extensions?: unknown;
}

export interface PersistedOptions {
  /** JSON manifests from hash to text: the web application's, and those of earlier versions whose pages may still be open. */
  readonly files: readonly string[];
  /** Whether sessions may send any document, for development. */
  readonly acceptsAny: boolean;
}

const prefix = "sha256:";

function refuse(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

/** Null for a request that sends its document as text. */
function readHash({ documentId, extensions }: DocumentRequest): string | null {
  if (typeof documentId === "string") return documentId.startsWith(prefix) ? documentId.slice(prefix.length) : documentId;
  const { persistedQuery } = (extensions ?? {}) as { readonly persistedQuery?: { readonly sha256Hash?: unknown } | null };
  return typeof persistedQuery?.sha256Hash === "string" ? persistedQuery.sha256Hash : null;
}

async function readManifest(file: string): Promise<[string, string][]> {
  try {
    return Object.entries(JSON.parse(await readFile(file, "utf8")) as Record<string, string>);
  } catch (cause) {
    throw new AppError("UNAVAILABLE", `The operations of the web application cannot be read from ${file}. Build it with npm run build.`, {
      cause,
    });
  }
}

export class PersistedOperations {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #acceptsAny: boolean;

  constructor(texts: Iterable<readonly [string, string]>, { acceptsAny }: Pick<PersistedOptions, "acceptsAny">) {
    this.#texts = new Map(texts);
    this.#acceptsAny = acceptsAny;
  }

  /** @throws AppError UNAVAILABLE for a file that cannot be read. */
  static async read({ files, acceptsAny }: PersistedOptions): Promise<PersistedOperations> {
    return new PersistedOperations((await Promise.all(files.map(readManifest))).flat(), { acceptsAny });
  }

  /**
   * Looks up the text of a request's document by its hash. Without a hash, returns `query` as sent.
   * @throws GraphQLError PERSISTED_OPERATION_NOT_FOUND for an unknown hash; PERSISTED_OPERATION_REQUIRED for text with only a session.
   */
  textOf(request: DocumentRequest, { sessionId, explorerUntil }: Actor): unknown {
    const hash = readHash(request);
    if (hash !== null) {
      const text = this.#texts.get(hash);
      if (text !== undefined) return text;
      const message =
        sessionId === undefined
          ? "No persisted operation has this hash. Send the document as `query`, without a hash."
          : "Pareidolia has been updated and no longer knows this operation. Reload the page.";
      throw refuse("PERSISTED_OPERATION_NOT_FOUND", 404, message);
    }
    if (sessionId === undefined || this.#acceptsAny || request.query === undefined) return request.query;
    if (explorerUntil !== undefined && explorerUntil > Date.now()) return request.query;
    if (explorerUntil !== undefined)
      throw refuse(
        "PERSISTED_OPERATION_REQUIRED",
        403,
        "This connection's explorer token has expired. Stop its subscriptions, and send the document again.",
      );
    throw refuse(
      "PERSISTED_OPERATION_REQUIRED",
      403,
      "A browser's session may send only the operations of the web application, by their hash. Use an API key to send documents of your own.",
    );
  }
}
