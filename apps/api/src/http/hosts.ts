/** Refuses requests that name another host than ours, before anything reads them. */
import { type AnsweredHosts, answersTo, wrongHostWords } from "@pareidolia/core/answeredHosts";
import type { RequestHandler } from "express";

const misdirected = 421;

export function refuseOtherHosts(hosts: AnsweredHosts): RequestHandler {
  return (request, response, next) => {
    const { host } = request.headers;
    if (answersTo(host, hosts)) return next();
    const error = { message: wrongHostWords(host ?? ""), extensions: { code: "FORBIDDEN" } };
    response.status(misdirected).json({ errors: [error] });
  };
}
