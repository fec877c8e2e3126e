/** GET /contact-sheets/<run>/<generation>/<side>.png: the archive after a generation, as thumbnails on one image. It never changes. */
import { AppError } from "@pareidolia/core/appError";
import { isSheetSide, sheetSides } from "@pareidolia/core/contactSheet";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { setImageCaching } from "../http/cacheImages.ts";
import { actorOf } from "../http/identify.ts";
import { policy } from "../policy/policy.ts";

const wholeNumber = /^\d{1,9}$/;
const fileName = /^(\d{1,4})\.png$/;

export function serveContactSheet(services: Services): RequestHandler<{ run: string; generation: string; file: string }> {
  return async (request, response) => {
    const { params } = request;
    const side = Number(fileName.exec(params.file)?.[1]);
    if (!wholeNumber.test(params.generation) || !isSheetSide(side))
      throw new AppError(
        "INVALID_INPUT",
        `The address of a contact sheet must be /contact-sheets/<run>/<generation>/<side>.png with a side of ${sheetSides.join(" or ")}.`,
      );
    const actor = actorOf(response);
    const run = await services.contactSheets.getRun(actor, params.run);
    const generation = Number(params.generation);
    const etag = `"${run.id} ${generation} ${side}"`;
    setImageCaching(response, { isOwn: policy.isOwn(actor, run), isPublic: run.visibility === "PUBLIC" });
    response.setHeader("ETag", etag);
    if (request.headers["if-none-match"]?.includes(etag) === true && run.kind === "evolution" && generation <= (run.generation ?? -1)) {
      response.status(304).end();
      return;
    }
    const sheet = await services.contactSheets.draw(actor, run, { generation, side });
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Content-Type", "image/png");
    response.send(Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength));
  };
}
