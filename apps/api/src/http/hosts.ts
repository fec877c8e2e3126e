/** Rejects requests with an unknown Host header, before any route. */
import { type AllowedHosts, isAllowedHost, wrongHostMessage } from "@pareidolia/core/allowedHosts";
import type { RequestHandler } from "express";

const misdirected = 421;

export function rejectOtherHosts(hosts: AllowedHosts): RequestHandler {
  return (request, response, next) => {
    const { host } = request.headers;
    if (isAllowedHost(host, hosts)) return next();
    const error = { message: wrongHostMessage(host ?? ""), extensions: { code: "FORBIDDEN" } };
    response.status(misdirected).json({ errors: [error] });
  };
}
