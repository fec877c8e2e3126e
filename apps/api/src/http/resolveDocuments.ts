/** Replaces the hash of a persisted operation over HTTP by its text, before anything reads the document. Refuses documents that the sender may not send. */
import type { RequestHandler } from "express";
import { GraphQLError } from "graphql";
import { httpStatusOf } from "../errors/formatError.ts";
import { sendError } from "./errorResponses.ts";
import { actorOf } from "./identify.ts";
import type { DocumentRequest, PersistedOperations } from "./persistedOperations.ts";

/** In an address, extensions are JSON. The GraphQL engine refuses what is not. */
function parseExtensions(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Express parses the address each time that its parameters are read. */
function replaceInAddress(url: string, query: string): string {
  const at = url.indexOf("?");
  const parameters = new URLSearchParams(url.slice(at + 1));
  parameters.set("query", query);
  for (const name of ["documentId", "extensions"]) parameters.delete(name);
  return `${url.slice(0, at)}?${parameters}`;
}

export function resolveDocuments(operations: PersistedOperations): RequestHandler {
  return (request, response, next) => {
    const isPost = request.method === "POST";
    const given = (isPost ? request.body : request.query) as DocumentRequest & Readonly<Record<string, unknown>>;
    try {
      const extensions = isPost ? given.extensions : parseExtensions(given.extensions);
      const text = operations.textOf({ ...given, extensions }, actorOf(response));
      if (text !== given.query && typeof text === "string") {
        const { documentId: _id, extensions: _extensions, ...rest } = given;
        if (isPost) request.body = { ...rest, query: text };
        else request.url = replaceInAddress(request.url, text);
      }
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      sendError(response, httpStatusOf(error), String(error.extensions["code"]), error.message);
      return;
    }
    next();
  };
}
