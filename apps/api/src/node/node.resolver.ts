/** Reads anything by its global id, and experiments and runs by their keys too. */
import { AppError } from "@pareidolia/core/appError";
import type DataLoader from "dataloader";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type NodeType, parseReference } from "../globalId/globalId.ts";
import type { Loaders } from "../loaders.ts";
import { Requires, signedIn } from "../policy/requires.ts";
import { NodeInterface } from "./node.type.ts";

type Node = object & { readonly __typename: NodeType };

const mostIds = 100;

function loaderOf(type: NodeType, loaders: Loaders): DataLoader<string, object | null> {
  const byType: Readonly<Record<NodeType, DataLoader<string, object | null>>> = {
    User: loaders.user,
    Workspace: loaders.workspace,
    Model: loaders.model,
    Experiment: loaders.experiment,
    Run: loaders.run,
    Elite: loaders.elite,
    Genome: loaders.genome,
    Image: loaders.image,
    Score: loaders.score,
    Worker: loaders.worker,
    Photo: loaders.photo,
    Trajectory: loaders.trajectory,
    Perturbation: loaders.perturbation,
    Chain: loaders.chain,
    Analysis: loaders.analysis,
  };
  return byType[type];
}

async function readNode(text: string, field: string, { loaders }: ApiContext): Promise<Node | null> {
  const reference = parseReference(text, field);
  const byNumber = { Experiment: loaders.experimentByNumber, Run: loaders.runByNumber } as const;
  const row: object | null = await ("number" in reference
    ? byNumber[reference.type].load(reference.number)
    : loaderOf(reference.type, loaders).load(reference.id));
  return row === null ? null : { ...row, __typename: reference.type };
}

@Resolver()
export class NodeResolver {
  @Requires(signedIn)
  @Query(() => NodeInterface, { nullable: true, description: "Whatever has this id; null when there is nothing that you may see." })
  node(
    @Arg("id", () => ID, { description: "A global id, or a key such as EXP-12 or RUN-142." }) id: string,
    @Ctx() context: ApiContext,
  ): Promise<Node | null> {
    return readNode(id, "id", context);
  }

  @Requires(signedIn)
  @Query(() => [NodeInterface], { nullable: "items", description: "Several at once, in the order of the ids." })
  nodes(
    @Arg("ids", () => [ID], { description: "Global ids or keys, at most 100." }) ids: string[],
    @Ctx() context: ApiContext,
  ): Promise<(Node | null)[]> {
    if (ids.length > mostIds) throw new AppError("INVALID_INPUT", `Ask for at most ${mostIds} ids at once.`, { field: "ids" });
    return Promise.all(ids.map((id, i) => readNode(id, `ids.${i}`, context)));
  }
}
