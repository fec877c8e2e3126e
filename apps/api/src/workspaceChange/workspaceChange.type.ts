/** What has changed in a workspace. */
import { Field, Float, ID, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("workspaceChange:read")
@ObjectType("WorkspaceChange", {
  description:
    "Runs, experiments and sweeps that were created or deleted, whose state or progress changed, or whose names, notes, tags, assignees, comments, archive or experiment members changed; saved comparisons that were created, changed or deleted; webhooks, and bulk queries.",
})
export class WorkspaceChange {
  @Field(() => Float, {
    description:
      "Sequence number, a whole number that never falls. To resume the subscription, pass the last one received as `since`: every later change follows, and a few earlier ones may follow again.",
  })
  readonly seq!: number;

  @Field(() => Boolean, {
    description:
      "Whether anything in the workspace may have changed. True for the first event without `since`, and for an event with too many changes to list.",
  })
  readonly everything!: boolean;

  @Field(() => [ID], { description: "IDs of changed runs." })
  readonly runIds!: readonly string[];

  @Field(() => [ID], { description: "IDs of changed experiments." })
  readonly experimentIds!: readonly string[];

  @Field(() => [ID], { description: "IDs of changed sweeps, and of sweeps with changed runs." })
  readonly sweepIds!: readonly string[];

  @Field(() => [ID], { description: "IDs of saved comparisons that were created, changed, deleted or restored." })
  readonly savedComparisonIds!: readonly string[];

  @Field(() => [ID], { description: "IDs of webhooks that have changed or whose deliveries have: those that the viewer manages." })
  readonly webhookIds!: readonly string[];

  @Field(() => [ID], { description: "IDs of the viewer's own bulk queries that have changed." })
  readonly bulkQueryIds!: readonly string[];
}
