/**
 * GET /genomes/<id>.json and .bin: a genome as a document from which its image can be redrawn, and its canonical bytes. Neither ever changes.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { setImageCaching } from "../http/cacheImages.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([\w-]{1,200})\.(json|bin)$/;

const contentTypes = { json: "application/json; charset=utf-8", bin: "application/octet-stream" } as const;

export function serveGenome(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const [, id, format] = fileName.exec(request.params.file) ?? [];
    if (id === undefined || (format !== "json" && format !== "bin"))
      throw new AppError("INVALID_INPUT", "The address of a genome must be /genomes/<id>.json or /genomes/<id>.bin.");
    const actor = actorOf(response);
    const { genome, run, isOwn } = await services.genomes.getByReference(actor, id);
    const etag = `"${genome.sha256} ${format}"`;
    setImageCaching(response, { isOwn, isPublic: run.visibility === "PUBLIC" });
    response.setHeader("ETag", etag);
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    if (request.headers["if-none-match"]?.includes(etag) === true) {
      response.status(304).end();
      return;
    }
    const [bytes] = (await services.genomes.loadBytes(actor, [genome])) as [Uint8Array];
    const content = format === "bin" ? bytes : JSON.stringify(services.genomes.describe(actor, genome, { run, bytes }));
    response.setHeader("Content-Type", contentTypes[format]);
    response.setHeader("Content-Disposition", `attachment; filename="${genome.sha256}.${format}"`);
    response.send(Buffer.from(content));
  };
}
