/** For routes that may change who has access: nothing is recalled from before the request, nor from the time until its answer is sent. */
import type { RequestHandler } from "express";
import type { Changes } from "./changes.ts";

export function holdMemory(changes: Changes): RequestHandler {
  return (_request, response, next) => {
    response.once("close", changes.begin());
    next();
  };
}
