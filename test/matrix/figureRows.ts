/** Rows of figures about objects that no workspace owns alone: they must count only the rows of the sender's workspace in the database. */
import type { Person } from "./people.ts";
import type { Outcome, Row, World } from "./row.ts";

export function figureRows(world: World): Row[] {
  const read = async (person: Person, id: string, fields: string) =>
    (await world.query(person, `query ($id: ID!) { node(id: $id) { ${fields} } }`, { id })).data?.node;
  const compare = (figure: unknown, expected: unknown): Outcome => {
    if (figure == null) return "denied";
    return JSON.stringify(figure) === JSON.stringify(expected) ? "granted" : "leak";
  };
  return [
    {
      name: "Model.usage of a built-in network",
      places: ["own"],
      actions: ["model:read", "run:read"],
      async observe(person) {
        const { builtInModel, runKeys } = world.thingsOf(person, "own");
        const node = await read(person, builtInModel, "... on Model { usage { runKeys } }");
        return compare(node?.usage?.runKeys.toSorted(), runKeys);
      },
    },
    {
      name: "Model.measuredSpeed of a built-in network",
      places: ["own"],
      actions: ["model:read", "run:read"],
      async observe(person) {
        const { builtInModel, speed } = world.thingsOf(person, "own");
        return compare((await read(person, builtInModel, "... on Model { measuredSpeed }"))?.measuredSpeed, speed);
      },
    },
    {
      name: "Model.firstFooled of a built-in network",
      places: ["own"],
      actions: ["model:read", "elite:read", "run:read"],
      async observe(person) {
        const { builtInModel, nodes } = world.thingsOf(person, "own");
        const node = await read(person, builtInModel, "... on Model { firstFooled { run { id } } }");
        return compare(node?.firstFooled?.run.id, nodes.Run);
      },
    },
    {
      name: "Workspace.experimentCount",
      places: ["own"],
      actions: ["workspace:read"],
      async observe(person) {
        const { nodes, experiments } = world.thingsOf(person, "own");
        return compare((await read(person, nodes.Workspace, "... on Workspace { experimentCount }"))?.experimentCount, experiments);
      },
    },
    {
      name: "Query.quotas with the limits of the workspace",
      places: ["own"],
      actions: ["quota:read"],
      async observe(person) {
        const { data } = await world.query(person, "{ quotas { storage { limit } } }", {});
        return compare(data?.quotas?.storage.limit, world.thingsOf(person, "own").storageQuota);
      },
    },
    {
      name: "Photo.runCount",
      places: ["own"],
      actions: ["photo:read", "run:read"],
      async observe(person) {
        const { nodes, photoRuns } = world.thingsOf(person, "own");
        return compare((await read(person, nodes.Photo, "... on Photo { runCount }"))?.runCount, photoRuns);
      },
    },
  ];
}
