/**
 * POST /uploads: receives the forms of `requestUpload`, unless the object store receives them itself. A form is a permission for one file;
 * unlike S3, the API also requires that its sender is still a member. A received file is used only after `finishUpload`.
 */
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

export function receiveUpload(services: Services): RequestHandler {
  return async (request, response) => {
    // The response to an upload that ends early still needs the connection.
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const contentType = request.headers["content-type"];
    await services.uploads.receive(actorOf(response), { body, contentType }).catch((error: unknown) => {
      // The rest of the body is not read.
      if (!request.complete) response.setHeader("Connection", "close");
      throw error;
    });
    response.status(204).end();
  };
}
