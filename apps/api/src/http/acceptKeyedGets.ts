/**
 * Lets programs send queries by GET with an API key and no other header, as GraphQL clients do. The check against requests from pages of other
 * sites is for what a browser sends by itself: cookies, and a password of HTTP authentication. It never adds a Bearer header by itself, and a
 * page that adds one has to get permission by a preflight request first.
 */
import type { RequestHandler } from "express";
import { preflightHeader } from "./apollo.ts";

const bearer = /^Bearer +\S/i;

export const acceptKeyedGets: RequestHandler = ({ headers }, _response, next) => {
  if (bearer.test(headers.authorization ?? "")) headers[preflightHeader] ??= "1";
  next();
};
