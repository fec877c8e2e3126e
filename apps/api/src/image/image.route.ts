/**
 * GET /images/<sha256>.png: the stored bytes, if the actor may read the image: knowing its hash is not enough.
 * With `?trash`, also an image of a run in the trash, for those who may read the trash.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { setImageCaching } from "../http/cacheImages.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([0-9a-f]{64})\.png$/;

export function serveImage(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const sha256 = fileName.exec(request.params.file)?.[1];
    if (sha256 === undefined) throw new AppError("INVALID_INPUT", "The address of an image must be /images/<sha256>.png.");
    const actor = actorOf(response);
    const isTrashed = request.query["trash"] !== undefined && (await services.trash.shows(actor, sha256));
    const image = isTrashed ? await services.images.getTrashed(sha256) : await services.images.get(actor, sha256);
    const etag = `"${sha256}"`;
    response.setHeader("ETag", etag);
    setImageCaching(response, image);
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    if (request.headers["if-none-match"]?.includes(etag) === true) {
      response.status(304).end();
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
  };
}
