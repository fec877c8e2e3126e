/**
 * GET /contact-sheets/<experiment>/preview.png: one image with the experiment's best images, for link previews. Every reader of the
 * experiment may read it, with a share link in the parameter `share`.
 */
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { setImageCaching } from "../http/cacheImages.ts";
import { actorOf } from "../http/identify.ts";

export function serveExperimentPreview(services: Services): RequestHandler<{ experiment: string }> {
  return async (request, response) => {
    const actor = actorOf(response);
    const experiment = await services.experimentPreviews.getExperiment(actor, request.params.experiment);
    const chosen = await services.experimentPreviews.choose(actor, experiment);
    const etag = `"${chosen.version}"`;
    // Its content changes with the experiment's best images, so members revalidate it, too.
    setImageCaching(response, { isOwn: false, isPublic: experiment.visibility !== "UNLISTED" });
    response.setHeader("ETag", etag);
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    if (request.headers["if-none-match"]?.includes(etag) === true) {
      response.status(304).end();
      return;
    }
    const sheet = await services.experimentPreviews.draw(chosen);
    response.setHeader("Content-Type", "image/png");
    response.send(Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength));
  };
}
