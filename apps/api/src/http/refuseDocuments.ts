/** Refuses documents over HTTP that are too long or too costly to validate, before the GraphQL engine or an event stream reads them. */
import type { RequestHandler } from "express";
import { GraphQLError } from "graphql";
import { httpStatusOf } from "../errors/formatError.ts";
import { checkDocument } from "../limits/checkDocument.ts";
import { sendError } from "./errorResponses.ts";

export const refuseDocuments: RequestHandler = (request, response, next) => {
  const { query } = (request.method === "POST" ? request.body : request.query) as { readonly query?: unknown };
  try {
    if (typeof query === "string") checkDocument(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    sendError(response, httpStatusOf(error), String(error.extensions["code"]), error.message);
    return;
  }
  next();
};
