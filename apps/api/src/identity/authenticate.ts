/** Identifies the sender of a request. The server calls `authenticate` for every HTTP request and WebSocket; there is no default actor. */
import type { IncomingHttpHeaders } from "node:http";
import type { Actor } from "@pareidolia/core/actor";

/** The parts of a request that can identify the client. */
export interface Credentials {
  /** Headers of the HTTP request, or of the request that opened the WebSocket. */
  readonly headers: IncomingHttpHeaders;
  /** The payload of a WebSocket's `connection_init`; empty for HTTP. */
  readonly connectionParams: Readonly<Record<string, unknown>>;
  /** Where the request came from; undefined if its connection has ended. */
  readonly clientAddress: string | undefined;
  /** Set when an open WebSocket is authenticated again, which does not count as a use of its key. */
  readonly isRepeated?: boolean;
}

/** @throws AppError UNAUTHENTICATED for missing or invalid credentials; UNAVAILABLE if they cannot be checked now. */
export type Authenticate = (credentials: Credentials) => Promise<Actor>;
