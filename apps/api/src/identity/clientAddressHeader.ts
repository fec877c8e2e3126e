/** Tells better-auth the client's address, which it stores with a session. By itself, it would believe X-Forwarded-For from every client. */
import type { RequestHandler } from "express";

export const clientAddressHeader = "x-pareidolia-client-address";

/** Replaces whatever the client sent in the header. */
export const passClientAddress: RequestHandler = (request, _response, next) => {
  request.headers[clientAddressHeader] = request.ip ?? "";
  next();
};
