/** Rejects HTTP methods that no route of the API supports. */
import type { RequestHandler } from "express";
import { answerError } from "./errorAnswers.ts";

const allowed = ["GET", "HEAD", "POST", "OPTIONS"];

export const refuseOtherMethods: RequestHandler = ({ method }, response, next) => {
  if (allowed.includes(method)) return next();
  response.setHeader("Allow", allowed.join(", "));
  answerError(response, 405, "METHOD_NOT_ALLOWED", `This server does not support ${method}. Use GET or POST.`);
};
