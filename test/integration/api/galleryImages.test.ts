/** The gallery by GraphQL: images of every kind of run, problems of searches, and who may list them. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { MemberActor } from "@pareidolia/core/actor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateByHeader, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createSearchedImages, searchedImages } from "../../support/searchedImages.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateByHeader });
  await createSearchedImages(api.database, stranger);
});
afterAll(() => api.close());

const all = searchedImages().filter(({ replaced }) => !replaced);
const elite = all.find(({ kind }) => kind === "evolution")?.id ?? "";
const idOfElite = encodeGlobalId("Elite", elite);

const document = `query($search: String, $filter: GalleryImageFilter, $orderBy: ColumnOrder, $first: Int, $after: String, $last: Int, $before: String) {
  galleryImages(search: $search, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id kind class label confidence reached replaced generation createdAt image { url width } model { name }
      run { key name methodLabel experiment { key } } recognition { named { votes } } } } }`;

const query = (variables: Record<string, unknown> = {}, actor: MemberActor | null = localOwner) =>
  api.query(document, variables, ...(actor === null ? [] : [actor]));

async function list(variables: Record<string, unknown> = {}, actor = localOwner) {
  const { body } = await query(variables, actor);
  expect(body.errors).toBeUndefined();
  return body.data.galleryImages;
}

describe("galleryImages", () => {
  it("has the images of all kinds of runs with their runs, newest first", async () => {
    const { nodes, totalCount } = await list({ first: 100 });
    expect(totalCount).toBe(all.length);
    expect(new Set(nodes.map(({ kind }: { kind: string }) => kind))).toEqual(
      new Set(["evolution", "ascent", "perturbation", "retraining"]),
    );
    const times: number[] = nodes.map(({ createdAt }: { createdAt: string }) => Date.parse(createdAt));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    for (const node of nodes) {
      expect(node.run.key).toMatch(/^RUN-\d+$/);
      expect(node.run.name).not.toBe("");
      expect(node).toMatchObject({ image: { width: 8 }, model: { name: "Linear" }, label: String(node.class), replaced: false });
    }
    expect(nodes.find(({ id }: { id: string }) => id === idOfElite)).toMatchObject({ kind: "evolution", generation: 10 });
  });

  it("finds images by a search, in the order of a column", async () => {
    const { nodes } = await list({
      first: 100,
      search: "kind = ascent confidence > .9",
      orderBy: { column: "confidence", direction: "ASC" },
    });
    const expected = all.filter(({ kind, confidence }) => kind === "ascent" && confidence > 0.9).map(({ confidence }) => confidence);
    expect(nodes.map(({ confidence }: { confidence: number }) => confidence)).toEqual(expected.sort((a, b) => a - b));
  });

  it("pages both ways", async () => {
    const first = await list({ first: 10 });
    const second = await list({ first: 10, after: first.pageInfo.endCursor });
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect((await list({ last: 10, before: second.pageInfo.startCursor })).nodes).toEqual(first.nodes);
  });

  it("names chosen elites by ID, and none of another workspace", async () => {
    const [foreign] = searchedImages(stranger.workspaceId);
    const eliteIds = [idOfElite, encodeGlobalId("Elite", foreign?.id ?? "")];
    expect((await list({ filter: { eliteIds } })).nodes.map(({ id }: { id: string }) => id)).toEqual([idOfElite]);
  });

  it.each([
    [{ search: "confidenc > 1" }, "search"],
    [{ search: "a".repeat(1001) }, "search"],
    [{ filter: { eliteIds: ["nonsense"] } }, "filter.eliteIds"],
    [{ orderBy: { column: "class", direction: "ASC" } }, "orderBy.column"],
    [{ after: "nonsense" }, "after"],
  ])("refuses %j", async (variables, field) => {
    const { body } = await query(variables);
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_INPUT", field });
  });

  it("reports a problem with its position and a hint", async () => {
    const { body } = await query({ search: "NOT confidenc > 1" });
    expect(body.errors[0].extensions).toMatchObject({ position: { from: 4, to: 13 }, hint: "Did you mean `confidence`?" });
  });

  it("is for members, of their own workspace", async () => {
    expect((await query({}, null)).body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    const { nodes } = await list({ first: 100 }, stranger);
    const [foreign] = nodes.filter(({ id }: { id: string }) => id === idOfElite);
    expect(foreign).toBeUndefined();
    expect(nodes).toHaveLength(all.length);
  });

  it("tells only researchers and owners what people say", async () => {
    const voted = all.filter(({ votes }) => (votes ?? 0) > 2);
    expect((await list({ first: 100, search: "votes > 2" })).totalCount).toBe(voted.length);
    for (const role of ["VIEWER", "LABELLER"] as const) {
      const actor = { ...localOwner, role };
      for (const variables of [
        { search: "votes > 2" },
        { search: "NOT recognised = none" },
        { orderBy: { column: "votes", direction: "DESC" } },
      ])
        expect((await query(variables, actor)).body.errors[0].extensions.code).toBe("FORBIDDEN");
      for (const { recognition } of (await list({ first: 100 }, actor)).nodes) expect(recognition).toBeNull();
    }
  });

  it("lists its fields and values for completion", async () => {
    const { body } = await api.query(
      '{ searchFields(of: IMAGES) { name } searchValues(of: IMAGES, field: "class") { value written } searchProblem(of: IMAGES, search: "votes > x") { from } }',
      {},
      localOwner,
    );
    expect(body.data.searchFields.map(({ name }: { name: string }) => name)).toContain("class");
    expect(body.data.searchValues.map(({ value }: { value: string }) => value)).toEqual(["0", "1", "2", "3", "4"]);
    expect(body.data.searchProblem).toEqual({ from: 8 });
  });
});
