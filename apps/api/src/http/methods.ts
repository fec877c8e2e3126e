/** Rejects HTTP methods that no route of the API supports. */
import type { RequestHandler } from "express";
import { sendError } from "./errorResponses.ts";

const allowed = ["GET", "HEAD", "POST", "OPTIONS"];

export const rejectOtherMethods: RequestHandler = ({ method }, response, next) => {
  if (allowed.includes(method)) return next();
  response.setHeader("Allow", allowed.join(", "));
  sendError(response, 405, "METHOD_NOT_ALLOWED", `This server does not support ${method}. Use GET or POST.`);
};
