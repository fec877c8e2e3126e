/** GET /contact-sheets/<run>/<generation>/<side>.png: the archive after a generation, as thumbnails on one image. It never changes. */
import { AppError } from "@pareidolia/core/appError";
import { isSheetSide, sheetSides } from "@pareidolia/core/contactSheet";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

const wholeNumber = /^\d{1,9}$/;
const fileName = /^(\d{1,4})\.png$/;

export function serveContactSheet(services: Services): RequestHandler<{ run: string; generation: string; file: string }> {
  return async ({ params }, response) => {
    const side = Number(fileName.exec(params.file)?.[1]);
    if (!wholeNumber.test(params.generation) || !isSheetSide(side))
      throw new AppError(
        "INVALID_INPUT",
        `The address of a contact sheet must be /contact-sheets/<run>/<generation>/<side>.png with a side of ${sheetSides.join(" or ")}.`,
      );
    const sheet = await services.contactSheets.draw(actorOf(response), { run: params.run, generation: Number(params.generation), side });
    response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Content-Type", "image/png");
    response.send(Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength));
  };
}
