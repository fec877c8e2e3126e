/** GET /ballots/images/<token>.png: an image for voters. Neither its address nor its bytes reveal which stored image it is. */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([0-9a-f]{32})\.png$/;
/** Seconds for which the voter's own browser may keep an image, so that a session continues without a network. */
const keptFor = 86_400;

export function serveBallotImage(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const token = fileName.exec(request.params.file)?.[1];
    if (token === undefined) throw new AppError("INVALID_INPUT", "The address of an image must be /ballots/images/<token>.png.");
    const image = await services.ballotImages.get(actorOf(response), token);
    const etag = `"${token}"`;
    response.setHeader("ETag", etag);
    response.setHeader("Cache-Control", `private, max-age=${keptFor}`);
    response.vary("Cookie, Authorization");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    if (request.headers["if-none-match"]?.includes(etag) === true) {
      response.status(304).end();
      return;
    }
    const { buffer, byteOffset, byteLength } = await services.ballotImages.readBytes(image);
    response.setHeader("Content-Type", "image/png");
    response.send(Buffer.from(buffer, byteOffset, byteLength));
  };
}
