/** Error responses outside of GraphQL, as JSON in the format of GraphQL errors. */
import { AppError } from "@pareidolia/core/appError";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { causeOf, httpStatusOf, maskedMessage } from "../errors/formatError.ts";

export function sendError(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}

export const sendNotFound: RequestHandler = (_request, response) => {
  sendError(response, 404, "NOT_FOUND", "Not found.");
};

/** Errors of Express's body parser. */
interface BodyError {
  readonly type?: unknown;
  readonly status?: unknown;
}

const bodyErrors: Readonly<Record<number, string>> = {
  400: "The body is not valid JSON.",
  413: "The body is larger than 1 MB.",
  415: "The body's encoding or character set is not supported.",
};

export function handleErrors(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = causeOf(thrown);
    if (error instanceof AppError) {
      const status = httpStatusOf(error);
      if (status < 500 || error.code === "UNAVAILABLE") {
        if (status >= 500) logger.warn({ err: error.cause ?? error }, "The database or the object store is unavailable.");
        sendError(response, status, error.code, error.message);
        return;
      }
    }
    const { status, type } = (error ?? {}) as BodyError;
    // Errors without a type are not the body parser's, such as a URL that cannot be decoded.
    const message = typeof status === "number" && typeof type === "string" ? bodyErrors[status] : undefined;
    if (typeof status === "number" && status >= 400 && status < 500) {
      sendError(response, status, "INVALID_INPUT", message ?? "The request is invalid.");
      return;
    }
    logger.error({ err: error }, "A request failed.");
    sendError(response, 500, "INTERNAL", maskedMessage);
  };
}
