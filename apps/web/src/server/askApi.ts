/** Queries the API from the web application's server, before a page is sent. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { print } from "graphql";
import type { TypedDocumentNode } from "urql";
import { persistedExtensions } from "../graphql/persistedOperation.ts";
import { apiAddress } from "./api.ts";

interface AskOptions {
  /** The slug of the workspace of the request; none for what concerns the user or all visitors. */
  readonly workspace?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
}

/** Sends only the given headers. Without a cookie, the API treats the sender as a visitor. */
export function askApi<Variables>(
  document: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
  { workspace, headers = {}, timeoutMilliseconds = 3_000 }: AskOptions = {},
): Promise<Response> {
  const extensions = persistedExtensions(document);
  return fetch(apiAddress(workspace === undefined ? "/graphql" : workspaceAddress(workspace, "/graphql")), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(extensions === undefined ? { query: print(document), variables } : { extensions, variables }),
    cache: "no-store",
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
}
