/** Refuses documents over HTTP that are too long or too costly to validate, before the GraphQL engine or an event stream reads them. */
import type { ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import { GraphQLError } from "graphql";
import { httpStatusOf } from "../errors/formatError.ts";
import { checkDocument } from "../limits/checkDocument.ts";
import { sendError } from "./errorResponses.ts";

/** Returns whether it refused the document. */
export function refuseDocument({ query }: { readonly query?: unknown }, response: ServerResponse): boolean {
  try {
    if (typeof query === "string") checkDocument(query);
    return false;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    sendError(response, httpStatusOf(error), String(error.extensions["code"]), error.message);
    return true;
  }
}

export const refuseDocuments: RequestHandler = (request, response, next) => {
  if (!refuseDocument(request.method === "POST" ? request.body : request.query, response)) next();
};
