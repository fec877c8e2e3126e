/** Over HTTP, replaces a persisted operation's hash with its text, and refuses documents that the sender may not send. */
import type { ServerResponse } from "node:http";
import type { Actor } from "@pareidolia/core/actor";
import type { RequestHandler } from "express";
import { GraphQLError } from "graphql";
import { httpStatusOf } from "../errors/formatError.ts";
import { sendError } from "./errorResponses.ts";
import { actorOf } from "./identify.ts";
import type { DocumentRequest, PersistedOperations } from "./persistedOperations.ts";

/** In a URL, extensions are JSON. Apollo refuses invalid JSON. */
function parseExtensions(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes the URL, because Express parses it whenever `request.query` is read. */
function replaceInAddress(url: string, query: string): string {
  const at = url.indexOf("?");
  const parameters = new URLSearchParams(url.slice(at + 1));
  parameters.set("query", query);
  for (const name of ["documentId", "extensions"]) parameters.delete(name);
  return `${url.slice(0, at)}?${parameters}`;
}

/** Returns the body with the text of its document, or null after a refusal. */
export function resolveBody<Body extends object>(
  operations: PersistedOperations,
  body: Body & DocumentRequest,
  { actor, response }: { readonly actor: Actor; readonly response: ServerResponse },
): Body | null {
  try {
    const query = operations.textOf(body, actor);
    if (query === body.query || typeof query !== "string") return body;
    const { documentId: _id, extensions: _extensions, ...rest } = body;
    return { ...(rest as Body), query };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    sendError(response, httpStatusOf(error), String(error.extensions["code"]), error.message);
    return null;
  }
}

export function resolveDocuments(operations: PersistedOperations): RequestHandler {
  return (request, response, next) => {
    const actor = actorOf(response);
    if (request.method === "POST") {
      const body = resolveBody(operations, request.body as object, { actor, response });
      if (body === null) return;
      request.body = body;
    } else {
      const { query, documentId, extensions } = request.query;
      const body = resolveBody(operations, { query, documentId, extensions: parseExtensions(extensions) }, { actor, response });
      if (body === null) return;
      if (typeof body.query === "string" && body.query !== query) request.url = replaceInAddress(request.url, body.query);
    }
    next();
  };
}
