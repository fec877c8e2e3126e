/** GET /report-pages/<id>.html: the HTML page of a report, isolated from the rest of this origin. */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([A-Za-z0-9][A-Za-z0-9._-]{0,99})\.html$/;

export function serveReportPage(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const id = fileName.exec(request.params.file)?.[1];
    if (id === undefined) throw new AppError("INVALID_INPUT", "The address of a report must be /report-pages/<id>.html.");
    const page = await services.reports.findPage(actorOf(response), id);
    if (page === null) throw new AppError("NOT_FOUND", `There is no report "${id}".`);
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-same-origin",
    );
    response.setHeader("X-Frame-Options", "SAMEORIGIN");
    response.send(Buffer.from(page));
  };
}
