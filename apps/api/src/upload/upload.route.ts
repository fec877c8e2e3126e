/**
 * POST /uploads/ID/parts/INDEX receives a part of a file, so that an interrupted upload can resume; GET /uploads/ID/parts lists the parts
 * that have arrived. POST /uploads receives the forms of `requestUpload`, unless the object store receives them itself. A form permits one
 * file; unlike S3, the API also requires that its sender is still a member. A received file is used only after `finishUpload`.
 */
import type { Request, RequestHandler, Response } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

/** Keeps the connection open if the body is not read to its end: the response still needs it. */
const bodyOf = (request: Request): AsyncIterable<Uint8Array> => request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;

/** Closes the connection after the response if the body was not read to its end. */
const closingEarly = (request: Request, response: Response) => (error: unknown) => {
  if (!request.complete) response.setHeader("Connection", "close");
  throw error;
};

export function findParts(services: Services): RequestHandler<{ readonly id: string }> {
  return async ({ params }, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.json(await services.uploads.findParts(actorOf(response), params.id));
  };
}

export function receivePart(services: Services): RequestHandler<{ readonly id: string; readonly index: string }> {
  return async (request, response) => {
    const { id, index } = request.params;
    const { sha256 } = request.query;
    const part = {
      uploadId: id,
      index: /^\d{1,6}$/.test(index) ? Number(index) : -1,
      sha256: typeof sha256 === "string" ? sha256 : null,
      body: bodyOf(request as unknown as Request),
    };
    const arrived = services.uploads.receivePart(actorOf(response), part);
    response.json(await arrived.catch(closingEarly(request as unknown as Request, response)));
  };
}

export function receiveUpload(services: Services): RequestHandler {
  return async (request, response) => {
    const contentType = request.headers["content-type"];
    await services.uploads.receive(actorOf(response), { body: bodyOf(request), contentType }).catch(closingEarly(request, response));
    response.status(204).end();
  };
}
