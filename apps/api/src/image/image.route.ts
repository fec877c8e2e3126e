/**
 * GET /images/<sha256>.png: the stored bytes, if the actor may read the image: knowing its hash is not enough.
 * With `?trash`, also an image of a run in the trash, for those who may read the trash.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ReadableImage } from "@pareidolia/persistence/lab/images/readImages";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { setImageCaching } from "../http/cacheImages.ts";
import type { DirectRoute } from "../http/directAnswers.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([0-9a-f]{64})\.png$/;
const plainPath = /^\/images\/([0-9a-f]{64})\.png$/;

interface Asked {
  readonly actor: Actor;
  readonly image: ReadableImage;
  readonly request: IncomingMessage;
}

async function sendImage(services: Services, response: ServerResponse, { actor, image, request }: Asked): Promise<void> {
  const etag = `"${image.sha256}"`;
  response.setHeader("ETag", etag);
  setImageCaching(response, image);
  response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
  if (request.headers["if-none-match"]?.includes(etag) === true) {
    response.statusCode = 304;
    response.end();
    return;
  }
  const bytes = await services.images.openBytes(actor, image);
  response.setHeader("Content-Type", "image/png");
  response.setHeader("Content-Length", image.byteLength);
  if (request.method === "HEAD") {
    if (bytes instanceof Readable) bytes.destroy();
    response.end();
    return;
  }
  if (bytes instanceof Uint8Array) {
    response.end(bytes);
    return;
  }
  await pipeline(bytes, response).catch((error: unknown) => {
    if (!response.headersSent) throw error;
    response.destroy();
  });
}

export function serveImage(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const sha256 = fileName.exec(request.params.file)?.[1];
    if (sha256 === undefined) throw new AppError("INVALID_INPUT", "The address of an image must be /images/<sha256>.png.");
    const actor = actorOf(response);
    const isTrashed = request.query["trash"] !== undefined && (await services.trash.shows(actor, sha256));
    const image = isTrashed ? await services.images.getTrashed(sha256) : await services.images.get(actor, sha256);
    await sendImage(services, response, { actor, image, request });
  };
}

/** The direct route for URLs without query parameters. */
export function imageRoute(services: Services): DirectRoute {
  return (request) => {
    const sha256 = request.method === "GET" ? plainPath.exec(request.url ?? "")?.[1] : undefined;
    if (sha256 === undefined) return null;
    return async (actor, response) => sendImage(services, response, { actor, image: await services.images.get(actor, sha256), request });
  };
}
