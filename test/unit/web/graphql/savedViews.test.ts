/** The lists of views know a change as soon as the API has answered, before they are requested again. */
import type { Client } from "urql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import {
  CreateViewDocument,
  DeleteViewDocument,
  RestoreViewDocument,
  SetDefaultViewDocument,
  ViewsDocument,
} from "../../../../apps/web/src/graphql/generated/graphql.ts";

const view = (number: number, isDefault = false) => ({
  __typename: "View",
  id: `v${number}`,
  key: `VIEW-${number}`,
  list: "RUNS",
  name: `View ${number}`,
  search: "",
  columns: ["name"],
  groupBy: [],
  sort: "-created",
  shared: false,
  mayEdit: true,
  isDefault,
  createdBy: null,
  problem: null,
});

let client: Client;
let requests: number;
let shown: Record<string, readonly string[]>;
let stops: (() => void)[];

beforeEach(async () => {
  requests = 0;
  shown = {};
  const answers: Record<string, object> = {
    CreateView: { createView: { __typename: "ViewSuccess", view: view(3) } },
    RestoreView: { restoreView: { __typename: "ViewSuccess", view: view(1, true) } },
    DeleteView: { deleteView: { __typename: "DeleteViewSuccess", deletedId: "v1" } },
    SetDefaultView: { setDefaultView: { __typename: "SetDefaultViewSuccess", view: { __typename: "View", id: "v2", isDefault: true } } },
  };
  vi.stubGlobal("fetch", async (_url: string, { body }: { readonly body: string }) => {
    const { operationName, variables } = JSON.parse(body) as { readonly operationName: string; readonly variables: { list: string } };
    if (operationName !== "Views") return Response.json({ data: answers[operationName] });
    requests += 1;
    return Response.json({ data: { views: variables.list === "RUNS" ? [view(1, true), view(2)] : [] } });
  });
  client = createGraphqlClient();
  stops = (["RUNS", "EXPERIMENTS"] as const).map(
    (list) =>
      client.query(ViewsDocument, { list }).subscribe(({ data }) => {
        if (data) shown[list] = data.views.map(({ key, isDefault }) => (isDefault ? `${key} first` : key));
      }).unsubscribe,
  );
  await vi.waitUntil(() => shown["RUNS"]?.length === 2 && shown["EXPERIMENTS"] !== undefined, { timeout: 10_000 });
});
afterEach(() => {
  for (const stop of stops) stop();
  vi.unstubAllGlobals();
});

it("a new view is in the list of its kind, and only there", async () => {
  const state = { search: "", columns: ["name"], groupBy: [], sort: "-created" };
  await client.mutation(CreateViewDocument, { input: { list: "RUNS", name: "View 3", shared: false, state } }).toPromise();
  expect(shown).toEqual({ RUNS: ["VIEW-1 first", "VIEW-2", "VIEW-3"], EXPERIMENTS: [] });
  expect(requests).toBe(2);
});

it("a deleted view leaves the list, and returns to it once when it is restored", async () => {
  await client.mutation(DeleteViewDocument, { input: { viewId: "v1" } }).toPromise();
  expect(shown["RUNS"]).toEqual(["VIEW-2"]);
  for (let i = 0; i < 2; i += 1) await client.mutation(RestoreViewDocument, { input: { viewId: "v1" } }).toPromise();
  expect(shown["RUNS"]).toEqual(["VIEW-2", "VIEW-1 first"]);
});

it("only one view opens first", async () => {
  await client.mutation(SetDefaultViewDocument, { input: { list: "RUNS", viewId: "v2" } }).toPromise();
  expect(shown["RUNS"]).toEqual(["VIEW-1", "VIEW-2 first"]);
});
