/** GET /ballots/images/NAME: an image for one voter. Neither its address nor its bytes reveal which stored image it is. */
import { contentTypeOf } from "@pareidolia/images/voterImage";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

/** Seconds for which the voter's own browser may keep an image, so that a session continues without a network. */
const keptFor = 86_400;

export function serveBallotImage(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const image = await services.ballotImages.get(actorOf(response), request.params.file);
    const etag = `"${image.file}"`;
    response.setHeader("ETag", etag);
    response.setHeader("Cache-Control", `private, max-age=${keptFor}`);
    response.vary("Cookie, Authorization");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    if (request.headers["if-none-match"]?.includes(etag) === true) {
      response.status(304).end();
      return;
    }
    const { bytes, format } = await services.ballotImages.readFile(image);
    const { buffer, byteOffset, byteLength } = bytes;
    response.setHeader("Content-Type", contentTypeOf(format));
    response.send(Buffer.from(buffer, byteOffset, byteLength));
  };
}
