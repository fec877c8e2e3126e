/** Archived and deleted rows leave the cached lists before the API responds, and return if it refuses the change. */
import { type Client, gql } from "urql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import {
  ArchiveExperimentsDocument,
  ArchiveRunsDocument,
  DeleteSavedComparisonDocument,
  UnarchiveRunsDocument,
} from "../../../../apps/web/src/graphql/generated/graphql.ts";

const listDocument = gql`
  query Lists {
    all: runs(search: "median > 0.5") { nodes { id } }
    archived: runs(search: "archived = true") { nodes { id } }
    either: runs(search: "archived = true OR pinned = true") { nodes { id } }
    experiments { nodes { id } }
    savedComparisons { nodes { id } }
  }
`;
type List = "all" | "archived" | "either" | "experiments" | "savedComparisons";

const connection = (type: string, ids: readonly string[]) => ({
  __typename: `${type}Connection`,
  nodes: ids.map((id) => ({ __typename: type, id })),
});
const lists = {
  all: connection("EvolutionRun", ["r1", "r2", "r3"]),
  archived: connection("EvolutionRun", ["r2", "r4"]),
  either: connection("EvolutionRun", ["r2", "r4"]),
  experiments: connection("Experiment", ["e1", "e2"]),
  savedComparisons: connection("SavedComparison", ["c1", "c2"]),
};

let client: Client;
/** Answers the pending mutation. */
let answer: ((data: object) => void) | null;
let listRequests: number;
let shown: Partial<Record<List, readonly string[]>>;
let stop: () => void;

beforeEach(async () => {
  answer = null;
  shown = {};
  listRequests = 0;
  vi.stubGlobal("fetch", async (_url: string, { body }: { readonly body: string }) => {
    const { operationName } = JSON.parse(body) as { readonly operationName: string };
    if (operationName !== "Lists") return Response.json({ data: await new Promise<object>((resolve) => (answer = resolve)) });
    listRequests++;
    return Response.json({ data: lists });
  });
  client = createGraphqlClient();
  stop = client.query<typeof lists>(listDocument, {}).subscribe(({ data }) => {
    if (data) shown = Object.fromEntries(Object.entries(data).map(([name, { nodes }]) => [name, nodes?.map(({ id }) => id)]));
  }).unsubscribe;
  await vi.waitUntil(() => shown.all?.length === 3, { timeout: 10_000 });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

const rows = [
  {
    title: "archived runs leave the lists without archived runs, and no others",
    send: () => client.mutation(ArchiveRunsDocument, { input: { runIds: ["r1", "r2"] } }),
    left: { all: ["r3"], archived: ["r2", "r4"], either: ["r2", "r4"] },
    field: "archiveRuns",
  },
  {
    title: "unarchived runs leave lists of archived runs, but no list that they may still match",
    send: () => client.mutation(UnarchiveRunsDocument, { input: { runIds: ["r2"] } }),
    left: { all: ["r1", "r2", "r3"], archived: ["r4"], either: ["r2", "r4"] },
    field: "unarchiveRuns",
  },
  {
    title: "archived experiments leave their list",
    send: () => client.mutation(ArchiveExperimentsDocument, { input: { experimentIds: ["e2"] } }),
    left: { experiments: ["e1"], all: ["r1", "r2", "r3"] },
    field: "archiveExperiments",
  },
  {
    title: "a deleted comparison leaves its list",
    send: () => client.mutation(DeleteSavedComparisonDocument, { input: { savedComparisonId: "c1" } }),
    left: { savedComparisons: ["c2"], experiments: ["e1", "e2"] },
    field: "deleteSavedComparison",
  },
] as const;

for (const { title, send, left, field } of rows)
  it(`${title}; they return if the API refuses`, async () => {
    const done = send().toPromise();
    await vi.waitFor(() => expect(shown).toMatchObject(left), { timeout: 10_000 });
    await vi.waitFor(() => expect(answer).not.toBeNull(), { timeout: 10_000 });
    expect(listRequests).toBe(1);
    answer?.({ [field]: { __typename: "ForbiddenError", message: "Your role may not change this." } });
    await done;
    await vi.waitFor(
      () => expect(shown).toEqual(Object.fromEntries(Object.entries(lists).map(([name, { nodes }]) => [name, nodes.map(({ id }) => id)]))),
      { timeout: 10_000 },
    );
  });

it("the lists reload after the response, so that rows that the API skipped return", async () => {
  const done = client.mutation(ArchiveRunsDocument, { input: { runIds: ["r1"] } }).toPromise();
  await vi.waitFor(() => expect(answer).not.toBeNull(), { timeout: 10_000 });
  expect(shown.all).toEqual(["r2", "r3"]);
  answer?.({ archiveRuns: { __typename: "ArchiveRunsSuccess", items: [], undo: [] } });
  await done;
  await vi.waitFor(() => expect(listRequests).toBe(2), { timeout: 10_000 });
  await vi.waitFor(() => expect(shown.all).toEqual(["r1", "r2", "r3"]), { timeout: 10_000 });
});
