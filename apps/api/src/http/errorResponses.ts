/** Error responses outside of GraphQL, as JSON in the format of GraphQL errors. */
import type { ServerResponse } from "node:http";
import { AppError } from "@pareidolia/core/appError";
import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Logger } from "pino";
import { causeOf, httpStatusOf, maskedMessage } from "../errors/formatError.ts";

export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  const body = Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", body.length);
  response.end(body);
}

export const sendNotFound: RequestHandler = (_request, response) => {
  sendError(response, 404, "NOT_FOUND", "Not found.");
};

/** Errors of Express's body parser. */
interface BodyError {
  readonly type?: unknown;
  readonly status?: unknown;
}

export const notJson = "The body is not a JSON object.";

const bodyErrors: Readonly<Record<number, string>> = {
  400: notJson,
  413: "The body is larger than 1 MB.",
  415: "The body's encoding or character set is not supported.",
};

/** Sends the error response for a failed request. */
export function answerErrors(logger: Logger): (thrown: unknown, response: ServerResponse) => void {
  return (thrown, response) => {
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

export function handleErrors(logger: Logger): ErrorRequestHandler {
  const answer = answerErrors(logger);
  return (thrown: unknown, _request, response, next) => {
    if (response.headersSent) next(thrown);
    else answer(thrown, response);
  };
}
