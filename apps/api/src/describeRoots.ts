/** Describes the three root types, which type-graphql builds without a description. */
import type { GraphQLSchema } from "graphql";

export function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  const roots = [
    [schema.getQueryType(), "Everything that can be read. Its fields change nothing."],
    [
      schema.getMutationType(),
      "Everything that can be changed. Each mutation takes one input and returns a union: the success, or an error that says what to correct.",
    ],
    [schema.getSubscriptionType(), "Everything that can be followed live, over a WebSocket or as a stream of server-sent events."],
  ] as const;
  for (const [type, description] of roots) if (type != null) type.description = description;
  return schema;
}
