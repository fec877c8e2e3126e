/** For routes that may change access: makes the whole request a change, so that nothing read before its response is recalled afterwards. */
import type { RequestHandler } from "express";
import type { Changes } from "./changes.ts";

export function holdMemory(changes: Changes): RequestHandler {
  return (_request, response, next) => {
    response.once("close", changes.begin());
    next();
  };
}
