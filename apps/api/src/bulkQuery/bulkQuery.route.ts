/** GET /bulk-queries/ID.jsonl?expires=...&signature=...: the file of a bulk query. */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import { sendArchive } from "../archives/sendArchive.ts";
import type { Services } from "../assembly/nounModule.ts";
import { clientAddressOf } from "../http/clientAddress.ts";

const fileName = /^([\w-]{1,100})\.(csv|jsonl|parquet)$/;

export function serveBulkFile(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const [, id, format] = fileName.exec(request.params.file) ?? [];
    const { expires, signature } = request.query;
    if (
      id === undefined ||
      format === undefined ||
      typeof expires !== "string" ||
      !/^\d{1,15}$/.test(expires) ||
      typeof signature !== "string"
    )
      throw new AppError("INVALID_INPUT", "Use the address that `file { url }` of the bulk query gives, unchanged.");
    const file = await services.bulkQueries.open({ id, format }, { expires: Number(expires), signature }, clientAddressOf(request));
    await sendArchive(request, response, file);
  };
}
