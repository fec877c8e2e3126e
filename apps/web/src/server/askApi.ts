/** Queries the API from the web application's server, before a page is sent. */
import { print } from "graphql";
import type { TypedDocumentNode } from "urql";
import { persistedExtensions } from "../graphql/persistedOperation.ts";
import { apiAddress } from "./api.ts";

interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
}

/** Sends only the given headers. Without a cookie, the API treats the sender as a visitor. */
export function askApi<Variables>(
  document: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
  { headers = {}, timeoutMilliseconds = 3_000 }: AskOptions = {},
): Promise<Response> {
  const extensions = persistedExtensions(document);
  return fetch(apiAddress("/graphql"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(extensions === undefined ? { query: print(document), variables } : { extensions, variables }),
    cache: "no-store",
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
}
