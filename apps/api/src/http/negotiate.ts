/**
 * The rules of GraphQL over HTTP (September 2026) that hold before an operation is read: a client gets the media type that it prefers, and a
 * request that could not be answered in one, or whose body is not JSON, is refused before anything is executed.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";
import { sendError } from "./errorResponses.ts";

export const responseType = "application/graphql-response+json";
export const eventStreamType = "text/event-stream";
const jsonType = "application/json";

/** By our preference, for a client that has none. A type without parameters does not match one with them. */
const answerTypes = [jsonType, responseType, eventStreamType].flatMap((type) => [`${type}; charset=utf-8`, type]);

const withoutParameters = (type: string): string => type.split(";", 1)[0]?.trim().toLowerCase() ?? "";

/** The chosen type for each Accept header seen. Clients send few different ones. */
const chosenTypes = new Map<string, string>();
const maxChosen = 100;
const maxRememberedLength = 200;

/** The type chosen for an earlier request with the same Accept header; undefined if there was none. */
export function typeChosenFor({ accept = "*/*" }: IncomingHttpHeaders): string | undefined {
  return chosenTypes.get(accept);
}

/** Replaces the header Accept by the one type that the request is answered with. */
export const negotiateType: RequestHandler = (request, response, next) => {
  const chosen = request.accepts(answerTypes);
  if (chosen === false) {
    sendError(response, 406, "NOT_ACCEPTABLE", `This address answers with ${responseType}, ${jsonType} or ${eventStreamType}.`);
    return;
  }
  const { accept = "*/*" } = request.headers;
  const type = withoutParameters(chosen);
  if (accept.length <= maxRememberedLength && chosenTypes.size < maxChosen) chosenTypes.set(accept, type);
  request.headers.accept = type;
  next();
};

/** Before the body is read. For a page of another site, a browser sends other types without a preflight request. */
export const requireJson: RequestHandler = (request, response, next) => {
  const given = request.headers["content-type"];
  if (request.method !== "POST" || (given !== undefined && withoutParameters(given) === jsonType)) return next();
  response.setHeader("Accept-Post", jsonType);
  sendError(response, 415, "UNSUPPORTED_MEDIA_TYPE", `Send the operation as ${jsonType}.`);
};

/** In the address of a GET, an empty parameter is the same as none. */
export const dropEmptyParameters: RequestHandler = (request, _response, next) => {
  const at = request.url.indexOf("?");
  if (request.method === "GET" && at !== -1) {
    const given = [...new URLSearchParams(request.url.slice(at + 1))].filter(([, value]) => value !== "");
    request.url = `${request.url.slice(0, at)}?${new URLSearchParams(given)}`;
  }
  next();
};
