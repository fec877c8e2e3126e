/** Errors outside of GraphQL's own answers, always as JSON of GraphQL's shape. */
import { AppError } from "@pareidolia/core/appError";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { causeOf, httpStatusOf, maskedMessage } from "../errors/formatError.ts";

export function answerError(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}

export const answerNotFound: RequestHandler = (_request, response) => {
  answerError(response, 404, "NOT_FOUND", "There is nothing at this address.");
};

/** What express's body parser throws. */
interface BodyError {
  readonly type?: unknown;
  readonly status?: unknown;
}

const bodyErrors: Readonly<Record<number, string>> = {
  400: "The body is not valid JSON.",
  413: "The body is larger than 1 MB.",
  415: "The body's encoding or character set is not supported.",
};

export function answerErrors(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = causeOf(thrown);
    if (error instanceof AppError) {
      const status = httpStatusOf(error);
      if (status < 500 || error.code === "UNAVAILABLE") {
        if (status >= 500) logger.warn({ err: error.cause ?? error }, "Something we need is away.");
        answerError(response, status, error.code, error.message);
        return;
      }
    }
    const { status, type } = (error ?? {}) as BodyError;
    // What has no type is no body's: an address that cannot be decoded.
    const message = typeof status === "number" && typeof type === "string" ? bodyErrors[status] : undefined;
    if (typeof status === "number" && status >= 400 && status < 500) {
      answerError(response, status, "INVALID_INPUT", message ?? "The request cannot be read.");
      return;
    }
    logger.error({ err: error }, "A request failed.");
    answerError(response, 500, "INTERNAL", maskedMessage);
  };
}
