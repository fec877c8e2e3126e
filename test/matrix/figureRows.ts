/**
 * Rows of figures and other values that depend on more than the object itself: they must count only the rows of the sender's workspace in
 * the database, and say only what the sender may do.
 */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { Person } from "./people.ts";
import type { Outcome, Row, World } from "./row.ts";
import type { Things } from "./things.ts";

function compare(figure: unknown, expected: unknown): Outcome {
  if (figure == null) return "denied";
  return JSON.stringify(figure) === JSON.stringify(expected) ? "granted" : "leak";
}

/** A value of the sender's own object. */
interface Figure {
  readonly name: string;
  readonly actions: Row["actions"];
  /** Who may do it because of who wrote it. */
  readonly about?: readonly string[];
  readonly id: (things: Things) => string;
  /** On the object's type. */
  readonly fields: string;
  /** Its parameter is what the fields select; unshown parts are absent or null. */
  outcomeOf(node: object, things: Things, person: Person): Outcome;
}

interface Trashed {
  readonly trashedAt: string;
  readonly deletedAfter: string;
}

/** What a sender may do. */
const isTrue = (value: unknown): Outcome => (value === true ? "granted" : "denied");

const figures: readonly Figure[] = [
  {
    name: "Model.usage of a built-in network",
    actions: ["model:read", "run:read"],
    id: ({ builtInModel }) => builtInModel,
    fields: "... on Model { usage { runKeys } }",
    outcomeOf: ({ usage }: { usage?: { runKeys: string[] } | null }, { runKeys }) => compare(usage?.runKeys.toSorted(), runKeys),
  },
  {
    name: "Model.measuredSpeed of a built-in network",
    actions: ["model:read", "run:read"],
    id: ({ builtInModel }) => builtInModel,
    fields: "... on Model { measuredSpeed }",
    outcomeOf: ({ measuredSpeed }: { measuredSpeed?: unknown }, { speed }) => compare(measuredSpeed, speed),
  },
  {
    name: "Model.firstFooled of a built-in network",
    actions: ["model:read", "elite:read", "run:read"],
    id: ({ builtInModel }) => builtInModel,
    fields: "... on Model { firstFooled { run { id } } }",
    outcomeOf: ({ firstFooled }: { firstFooled?: { run: { id: string } } | null }, { nodes }) => compare(firstFooled?.run.id, nodes.Run),
  },
  {
    name: "Workspace.experimentCount",
    actions: ["workspace:read"],
    id: ({ nodes }) => nodes.Workspace,
    fields: "... on Workspace { experimentCount }",
    outcomeOf: ({ experimentCount }: { experimentCount?: unknown }, { experiments }) => compare(experimentCount, experiments),
  },
  {
    name: "Photo.runCount",
    actions: ["photo:read", "run:read"],
    id: ({ nodes }) => nodes.Photo,
    fields: "... on Photo { runCount }",
    outcomeOf: ({ runCount }: { runCount?: unknown }, { photoRuns }) => compare(runCount, photoRuns),
  },
  {
    name: "Run.cells with what people say",
    actions: ["run:read", "search:read", "study:inspect"],
    id: ({ runs }) => runs.ascent,
    fields: '... on Run { cells(columns: ["recognition"]) }',
    outcomeOf: ({ cells }: { cells?: readonly unknown[] | null }) => isTrue(cells?.[0] != null),
  },
  {
    name: "View.isDefault",
    actions: ["view:read"],
    id: ({ nodes }) => nodes.View,
    fields: "... on View { isDefault }",
    outcomeOf: ({ isDefault }: { isDefault?: unknown }, { nodes }, { userId }) =>
      compare(isDefault, nodes.User === encodeGlobalId("User", userId ?? "")),
  },
  {
    name: "View.problem of a tag of another workspace",
    actions: ["view:read"],
    id: ({ nodes }) => nodes.View,
    fields: "... on View { id problem { message } }",
    outcomeOf: ({ problem }: { problem?: unknown }) => compare(problem !== null, true),
  },
  {
    name: "View.mayEdit",
    actions: ["view:read", "view:change", "view:moderate"],
    about: ["researcher"],
    id: ({ nodes }) => nodes.View,
    fields: "... on View { mayEdit }",
    outcomeOf: ({ mayEdit }: { mayEdit?: unknown }) => isTrue(mayEdit),
  },
  {
    name: "Comment.mayEdit",
    actions: ["comment:read", "comment:edit", "comment:moderate"],
    about: ["researcher"],
    id: ({ nodes }) => nodes.Comment,
    fields: "... on Comment { mayEdit }",
    outcomeOf: ({ mayEdit }: { mayEdit?: unknown }) => isTrue(mayEdit),
  },
  {
    name: "SavedComparison.mayEdit",
    actions: ["savedComparison:read", "savedComparison:change"],
    id: ({ nodes }) => nodes.SavedComparison,
    fields: "... on SavedComparison { mayEdit }",
    outcomeOf: ({ mayEdit }: { mayEdit?: unknown }) => isTrue(mayEdit),
  },
  {
    name: "Workspace.mayCreateKeys",
    actions: ["workspace:read", "apiKey:create"],
    id: ({ nodes }) => nodes.Workspace,
    fields: "... on Workspace { mayCreateKeys }",
    outcomeOf: ({ mayCreateKeys }: { mayCreateKeys?: unknown }) => isTrue(mayCreateKeys),
  },
  {
    name: "Study.mayEdit",
    actions: ["study:read", "study:edit"],
    id: ({ nodes }) => nodes.Study,
    fields: "... on Study { mayEdit }",
    outcomeOf: ({ mayEdit }: { mayEdit?: unknown }) => isTrue(mayEdit),
  },
  {
    name: "Study.imagesAwaitingSender",
    actions: ["study:read", "vote:cast"],
    id: ({ nodes }) => nodes.Study,
    fields: "... on Study { imagesAwaitingSender }",
    outcomeOf: ({ imagesAwaitingSender = 0 }: { imagesAwaitingSender?: number }) => isTrue(imagesAwaitingSender > 0),
  },
];

export function figureRows(world: World): Row[] {
  const ofNodes = figures.map(
    ({ name, actions, about = [], id, fields, outcomeOf }): Row => ({
      name,
      about,
      isQuery: true,
      isFigure: true,
      places: ["own"],
      actions,
      async observe(person) {
        const things = world.thingsOf(person, "own");
        const { data } = await world.query<{ node: object | null }>(person, `query ($id: ID!) { node(id: $id) { ${fields} } }`, {
          id: id(things),
        });
        return data?.node == null ? "denied" : outcomeOf(data.node, things, person);
      },
    }),
  );
  return [
    ...ofNodes,
    {
      name: "Query.quotas with the limits of the workspace",
      isQuery: true,
      isFigure: true,
      places: ["own"],
      actions: ["quota:read"],
      async observe(person) {
        const { data } = await world.query<{ quotas: { storage: { limit: number } } | null }>(
          person,
          "{ quotas { storage { limit } } }",
          {},
        );
        return compare(data?.quotas?.storage.limit, world.thingsOf(person, "own").storageQuota);
      },
    },
    {
      name: "Query.planSweep with the speed of the workspace's runs",
      isQuery: true,
      isFigure: true,
      places: ["own"],
      actions: ["sweep:start", "run:read"],
      async observe(person) {
        const { builtInModel, nodes, speed } = world.thingsOf(person, "own");
        const run = { experimentId: nodes.Experiment, modelId: builtInModel, seed: 1, preset: "paper", encoding: "direct", generations: 1 };
        const input = { run: { evolution: run }, axes: [{ path: "generations", values: [1, 2] }] };
        const query = "query ($input: StartSweepInput!) { planSweep(input: $input) { evaluations seconds } }";
        const { data } = await world.query<{ planSweep: { evaluations: number; seconds: number } }>(person, query, { input });
        return data == null ? "denied" : compare(Math.round(data.planSweep.evaluations / data.planSweep.seconds), speed);
      },
    },
    {
      name: "TrashItem.deletedAfter",
      isQuery: true,
      isFigure: true,
      places: ["own"],
      actions: ["trash:read"],
      async observe(person) {
        const { data } = await world.query<{ trash: { nodes: readonly Trashed[] } | null }>(
          person,
          "{ trash(first: 1) { nodes { trashedAt deletedAfter } } }",
          {},
        );
        const [item] = data?.trash?.nodes ?? [];
        if (item === undefined) return "denied";
        const days = (Date.parse(item.deletedAfter) - Date.parse(item.trashedAt)) / 86_400_000;
        return compare(days, world.thingsOf(person, "own").trashDays);
      },
    },
    {
      name: "Query.retentionPreview of the workspace's trash",
      isQuery: true,
      isFigure: true,
      places: ["own"],
      actions: ["retentionRule:read"],
      async observe(person) {
        const rule = { action: "DELETE_TRASHED", days: 30 };
        const query = "query ($rule: RetentionRuleInput!) { retentionPreview(rule: $rule) { items { name } } }";
        const { data } = await world.query<{ retentionPreview: { items: readonly { name: string }[] } }>(person, query, { rule });
        if (data == null) return "denied";
        const names = data.retentionPreview.items.map(({ name }) => name);
        return names.includes(world.thingsOf(person, "own").trashedName) ? "granted" : "leak";
      },
    },
  ];
}
