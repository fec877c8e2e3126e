/** Resolves `node` and `nodes`: looks up objects by global ID or key. */
import { AppError } from "@pareidolia/core/appError";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { parseReference, unknownReference } from "../globalId/globalId.ts";
import { everySender, Requires } from "../policy/requires.ts";
import { NodeInterface } from "./node.type.ts";

type Node = object & { readonly __typename: string };

const maxIds = 100;

async function readNode(text: string, field: string, { loaders, nodes }: ApiContext): Promise<Node | null> {
  const reference = parseReference(text, field);
  const lookup = nodes.get(reference.type);
  if (lookup === undefined) throw unknownReference(field);
  const row = await ("number" in reference ? lookup.byNumber?.(loaders).load(reference.number) : lookup.byId(loaders).load(reference.id));
  return row == null ? null : { ...row, __typename: lookup.typeNameOf?.(row) ?? reference.type };
}

@Resolver()
export class NodeResolver {
  @Requires(everySender)
  @Query(() => NodeInterface, {
    nullable: true,
    description: "Fetches an object by its ID; null if it does not exist or you may not see it.",
  })
  node(
    @Arg("id", () => ID, { description: "Global ID, or a key such as EXP-12, RUN-142 or IMG-9f3a." }) id: string,
    @Ctx() context: ApiContext,
  ): Promise<Node | null> {
    return readNode(id, "id", context);
  }

  @Requires(everySender)
  @Query(() => [NodeInterface], {
    nullable: "items",
    description: "Fetches objects by their IDs, in the same order; null for each one that does not exist or that you may not see.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "Global IDs or keys, at most 100." }) ids: string[],
    @Ctx() context: ApiContext,
  ): Promise<(Node | null)[]> {
    if (ids.length > maxIds) throw new AppError("INVALID_INPUT", `Give at most ${maxIds} IDs.`, { field: "ids" });
    return Promise.all(ids.map((id, i) => readNode(id, `ids.${i}`, context)));
  }
}
