/**
 * GET /audit-log.csv and /audit-log.jsonl: the entries that match `filter`, JSON in the form of the GraphQL input `AuditFilter`. The file is
 * sent while it is read, so that its length does not matter.
 */
import { once } from "node:events";
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import { z } from "zod";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { auditFormats } from "./auditFormats.ts";

const names = z.array(z.string()).max(100).nullish();
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const filterSchema = z.strictObject({
  userId: z.string().nullish(),
  keyId: z.string().nullish(),
  actions: names,
  exceptActions: names,
  subjectId: z.string().nullish(),
  from: time.nullish(),
  until: time.nullish(),
  search: z.string().nullish(),
});

function readFilter(given: unknown): z.infer<typeof filterSchema> | null {
  if (given === undefined) return null;
  try {
    return filterSchema.parse(JSON.parse(z.string().parse(given)));
  } catch (cause) {
    throw new AppError("INVALID_INPUT", '"filter" must be the JSON of an `AuditFilter`.', { field: "filter", cause });
  }
}

export function serveAuditLog(services: Services, format: keyof typeof auditFormats): RequestHandler {
  const { contentType, header, line } = auditFormats[format];
  return async (request, response) => {
    const batches = services.auditEntries.export(actorOf(response), { format, filter: readFilter(request.query["filter"]) });
    // The first batch is read before the answer starts, so that a refusal has its own status.
    const first = await batches.next();
    response.setHeader("Content-Type", contentType);
    response.setHeader("Content-Disposition", `attachment; filename="audit-log.${format}"`);
    response.setHeader("Cache-Control", "no-store");
    response.write(header);
    for (let batch = first; batch.done !== true && !response.destroyed; batch = await batches.next())
      if (!response.write(batch.value.map(line).join(""))) await Promise.race([once(response, "drain"), once(response, "close")]);
    response.end();
  };
}
