/** Ends requests whose body takes longer than Node's own limit. For uploads, the time starts after the response. */
import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";

export const uploadsPath = "/uploads";

const maxBodyMilliseconds = 300_000;

export function endSlowBody(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, maxBodyMilliseconds);
  request.once("close", () => clearTimeout(timer));
}

export const endSlowBodies: RequestHandler = (request, response, next) => {
  if (request.path === uploadsPath || request.path.startsWith(`${uploadsPath}/`)) response.once("finish", () => endSlowBody(request));
  else endSlowBody(request);
  next();
};
