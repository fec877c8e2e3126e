/** GET /value-schemas/<scalar>.json: the JSON Schema of a scalar. It needs no credentials, like the schema of the API. */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import { openValueSchemas } from "./openValueSchemas.ts";
import { openValuesPath } from "./openValues.ts";

const schemas = new Map<string, object>(Object.entries(openValueSchemas).map(([name, schema]) => [`${name}.json`, schema]));

export const serveValueSchema: RequestHandler<{ file: string }> = ({ params }, response) => {
  const schema = schemas.get(params.file);
  if (schema === undefined) throw new AppError("NOT_FOUND", "There is no such schema. The scalars of the API name theirs.");
  const address = `${openValuesPath}/${params.file}`;
  response
    .type("application/schema+json")
    .send(JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", $id: address, ...schema }, null, 2));
};
