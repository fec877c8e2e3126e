/** Makes every mutation a change: requests that begin after its response recall nothing from before it. */
import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import type { ApiContext } from "../context.ts";

/** Changes the schema in place. */
export function noteMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context: ApiContext, info) =>
      context.services.changes.during(async () => resolve(source, args, context, info));
  }
  return schema;
}
