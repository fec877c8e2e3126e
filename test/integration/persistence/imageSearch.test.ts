/** Searches of the gallery find the images that an independent evaluation of the same rows finds, of every kind, in any order. */

import { countSearchedImages, type ImageSearch, listSearchedImages } from "@pareidolia/persistence/lab/search/searchImages";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import type { Direction, Position } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { checkSearch, operatorsOf } from "@pareidolia/search/checkSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { imageFields, imageKinds } from "@pareidolia/search/fields/imageFields";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stranger } from "../../support/actors.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { isTouchedIn, sampled } from "../../support/extent/sampled.ts";
import { type Plain, satisfies } from "../../support/satisfies.ts";
import { createSearchedImages, type SearchedImage, searchedImages } from "../../support/searchedImages.ts";
import { searchNow } from "../../support/searchedRuns.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await createSearchedImages(database, stranger);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const reader = { scope: openScope(localWorkspaceId), userId: localUserId, readsRecognition: true };
const all = searchedImages();
const field = (name: string) => imageFields.find(name) as SearchField;
const newest = { field: field("created"), direction: "DESC" } as const;

function searchFor(text: string, of: ImageSearch["reader"] = reader): ImageSearch {
  const { value, problem } = checkSearch(text, { registry: imageFields, now: searchNow });
  expect(problem).toBeUndefined();
  return { reader: of, search: value ?? null };
}

interface ListOptions {
  readonly order?: { readonly field: SearchField; readonly direction: Direction };
  readonly limit?: number;
  readonly after?: Position | null;
  readonly before?: Position | null;
}

function list(search: ImageSearch, { order = newest, limit = 500, after = null, before = null }: ListOptions = {}) {
  return listSearchedImages(database.connection, { ...search, order, page: { limit, backward: before !== null, after, before } });
}

/** IDs of the images that match, sorted, with their number counted in both ways. */
async function find(text: string, of?: ImageSearch["reader"]): Promise<string[]> {
  const search = searchFor(text, of);
  const ids = (await list(search)).rows.map(({ node }) => node.id).sort();
  for (const most of [null, 1_000])
    expect(await countSearchedImages({ connection: database.connection, most }, { ...search, order: newest })).toBe(ids.length);
  const byConfidence = await list(search, { order: { field: field("confidence"), direction: "ASC" } });
  expect(byConfidence.rows.map(({ node }) => node.id).sort()).toEqual(ids);
  return ids;
}

const idsOf = (matches: (image: SearchedImage) => boolean, replaced = false): string[] =>
  all
    .filter((image) => (replaced || !image.replaced) && matches(image))
    .map(({ id }) => id)
    .sort();

function valuesOf(image: SearchedImage, name: string): readonly Plain[] {
  if (name === "class") return [String(image.class)];
  const value = name in image && name !== "run" ? image[name as "confidence"] : image.run[name];
  const values = Array.isArray(value) ? (value as readonly Plain[]) : [value as Plain];
  return values.map((each) => (each === "" ? null : each));
}

/** Texts of values in a search, with what they mean. */
const samples: Readonly<Record<string, readonly (readonly [string, Plain])[]>> = {
  kind: imageKinds.map((kind) => [kind, kind] as const),
  method: [
    ["cppn", "cppn"],
    ["pgd", "pgd"],
    ["fooling-class", "fooling-class"],
  ],
  encoding: [["direct", "direct"]],
  model: [
    ["LINEAR", "linear"],
    ["other", "other"],
  ],
  class: [
    ["1", "1"],
    ["4", "4"],
    ["penguin", "penguin"],
  ],
  confidence: [
    ["0.99", 0.99],
    ["50%", 0.5],
  ],
  reached: [["true", true]],
  generation: [["10", 10]],
  replaced: [["true", true]],
  recognised: [["0.5", 0.5]],
  votes: [
    ["3", 3],
    ["0", 0],
  ],
  run: [
    ["RUN-5", 5],
    ["101", 101],
    ["RUN-102", 102],
  ],
  name: [
    ['"run alpha 0"', "Run Alpha 0"],
    ["ALPHA", "alpha"],
  ],
  notes: [["100%", "100%"]],
  experiment: [
    ["exp-2", "EXP-2"],
    ['"mnist, two encodings"', "MNIST, two encodings"],
  ],
  state: [["running", "RUNNING"]],
  preset: [["paper", "paper"]],
  seed: [
    ["3", 3],
    ["7", 7],
  ],
  by: [['"ada second"', "Ada Second"]],
  assignee: [['"ada second"', "Ada Second"]],
  tag: [
    ["PAPER", "paper"],
    ["draft", "draft"],
  ],
  pinned: [["true", true]],
  archived: [["true", true]],
};

interface Compared {
  readonly name: string;
  readonly operator: string;
  readonly text: string;
  readonly compared: readonly Plain[];
}

const allComparisons: readonly Compared[] = Object.entries(samples).flatMap(([name, values]) =>
  operatorsOf[field(name).type].flatMap((operator): Compared[] =>
    operator === "IN"
      ? [{ name, operator, text: `${name} IN (${values.map(([text]) => text).join(", ")})`, compared: values.map(([, value]) => value) }]
      : values.map(([written, value]) => ({ name, operator, text: `${name} ${operator} ${written}`, compared: [value] })),
  ),
);

/** A sample has each operator on each type of field, and all if the branch touches their SQL. */
const comparisons = sampled(allComparisons, {
  by: ({ name, operator }) => `${field(name).type} ${operator}`,
  isTouched: isTouchedIn("packages/persistence/src/lab/search"),
});

describe("a search for images", () => {
  it("has a sample of every field, but dates", () => {
    expect(imageFields.fields.filter(({ name, type }) => type !== "date" && !(name in samples)).map(({ name }) => name)).toEqual([]);
  });

  it.each(comparisons)("$text", async ({ name, operator, text, compared }) => {
    const matches = (image: SearchedImage) => satisfies(valuesOf(image, name), operator, compared);
    const withReplaced = name === "replaced";
    expect(await find(text)).toEqual(idsOf(matches, withReplaced));
    expect(await find(`NOT ${text}`)).toEqual(idsOf((image) => !matches(image), withReplaced));
  });

  it.each(comparisons)("$text, of one kind of run", async ({ name, operator, text, compared }) => {
    for (const kind of imageKinds) {
      const matches = (image: SearchedImage) => image.kind === kind && satisfies(valuesOf(image, name), operator, compared);
      expect(await find(`kind = ${kind} AND ${text}`)).toEqual(idsOf(matches, name === "replaced"));
    }
  });

  it.each(["encoding", "generation", "name", "assignee", "tag", "votes", "recognised"])(
    "for %s = none finds those without a value",
    async (name) => {
      const isMissing = (image: SearchedImage) => valuesOf(image, name)[0] === null;
      expect(idsOf(isMissing).length).toBeGreaterThan(0);
      expect(await find(`${name} = none`)).toEqual(idsOf(isMissing));
      expect(await find(`${name} != none`)).toEqual(idsOf((image) => !isMissing(image)));
    },
  );

  it.each([
    ["created = 2026-11-25", (at: number) => at >= Date.parse("2026-11-25") && at < Date.parse("2026-11-26")],
    ["created > -3d", (at: number) => at > searchNow - 3 * 86_400_000],
    ["created <= 2026-11-27T11:59:58", (at: number) => at <= searchNow - 2_000],
  ])("%s", async (text, matches) => {
    expect(await find(text)).toEqual(idsOf(({ created }) => matches(created)));
  });

  it("combines conditions of the image, its run and people", async () => {
    expect(await find("encoding = cppn class = 1 OR (tag = paper AND NOT confidence < .99)")).toEqual(
      idsOf((image) => {
        const { encoding, tag } = image.run;
        return (encoding === "cppn" && image.class === 1) || ((tag as readonly Plain[]).includes("paper") && image.confidence >= 0.99);
      }),
    );
    expect(await find("votes > 2 AND recognised < .6 AND experiment = EXP-1")).toEqual(
      idsOf(
        ({ votes, recognised, run }) =>
          votes !== null && votes > 2 && recognised !== null && recognised < 0.6 && (run["experiment"] as readonly Plain[])[0] === "EXP-1",
      ),
    );
    expect(await find("by = me")).toEqual(idsOf(({ run }) => run["by"] === "Local user"));
  });

  it("finds words in runs and labels", async () => {
    expect(await find("alpha")).toEqual(idsOf(({ run }) => String(run["name"]).includes("Alpha")));
    expect(await find("RUN-102")).toEqual(idsOf(({ run }) => run["run"] === 102));
    const hasFour = (image: SearchedImage) =>
      ["4", ...["name", "preset", "method"].map((name) => String(image.run[name]))].some(() => image.class === 4);
    expect(await find('class = 4 AND NOT "no such text"')).toEqual(idsOf(hasFour));
    expect(await find("nosuchtext")).toEqual([]);
  });

  it("finds nothing of another workspace or of the trash", async () => {
    const elsewhere = { scope: openScope(stranger.workspaceId), userId: stranger.userId, readsRecognition: true };
    expect(await find("")).toEqual(idsOf(() => true));
    expect(await find("", elsewhere)).toEqual(
      searchedImages(stranger.workspaceId)
        .filter(({ replaced }) => !replaced)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await find("run = 1000")).toEqual([]);
    const [foreign] = searchedImages(stranger.workspaceId);
    expect((await list({ ...searchFor(""), eliteIds: [foreign?.id ?? "", "trashed image"] })).rows).toEqual([]);
  });

  it("says nothing of people to readers who may not know it", async () => {
    const viewer = { ...reader, readsRecognition: false };
    expect(await find("votes > 0 OR recognised >= 0", viewer)).toEqual([]);
    expect(await find("votes = none", viewer)).toEqual(idsOf(() => true));
  });

  it("finds chosen elites, replaced ones too", async () => {
    const ids = all
      .filter(({ kind }) => kind === "evolution")
      .slice(0, 5)
      .map(({ id }) => id);
    const found = await list({ ...searchFor(""), eliteIds: ids });
    expect(found.rows.map(({ node }) => node.id).sort()).toEqual([...ids].sort());
    expect(found.rows.some(({ node }) => node.replaced)).toBe(true);
  });
});

describe("a list of images", () => {
  const orders = imageFields.fields.filter(({ isSortable }) => isSortable).map(({ name }) => name);
  const isListed = (image: SearchedImage, name: string) =>
    name === "votes" ? (image.votes ?? 0) > 0 : name === "recognised" ? image.recognised !== null : true;

  it("can be in the order of what the gallery offers", () => {
    expect(orders).toEqual(["confidence", "created", "recognised", "votes"]);
  });

  it.each(orders.flatMap((name) => (["ASC", "DESC"] as const).map((direction) => [name, direction] as const)))(
    "by %s %s has every image once, forwards and backwards",
    async (name, direction) => {
      const order = { field: field(name), direction };
      const expected = idsOf((image) => isListed(image, name));
      const forwards = [];
      for (let after: Position | null = null, more = true; more; ) {
        const { rows, hasNextPage } = await list(searchFor(""), { order, limit: 7, after });
        forwards.push(...rows);
        after = rows.at(-1)?.position ?? null;
        more = hasNextPage;
      }
      expect(forwards.map(({ node }) => node.id).sort()).toEqual(expected);
      const values = forwards.map(({ node }) => valuesOf(all.find(({ id }) => id === node.id) as SearchedImage, name)[0] as number);
      expect(values).toEqual([...values].sort((a, b) => (direction === "ASC" ? a - b : b - a)));
      const backwards = [];
      for (let before: Position | null = forwards.at(-1)?.position ?? null; before !== null; ) {
        const { rows } = await list(searchFor(""), { order, limit: 7, before });
        backwards.unshift(...rows);
        before = rows[0]?.position ?? null;
      }
      expect(backwards.map(({ node }) => node.id)).toEqual(forwards.slice(0, -1).map(({ node }) => node.id));
      expect(await countSearchedImages({ connection: database.connection, most: 1_000 }, { ...searchFor(""), order })).toBe(
        expected.length,
      );
    },
  );

  it("shows of each image what is stored", async () => {
    for (const { node } of (await list(searchFor("replaced = true OR replaced = false"))).rows) {
      const image = all.find(({ id }) => id === node.id) as SearchedImage;
      const { kind, class: label, confidence, generation, reached, replaced, sha256 } = image;
      expect(node).toMatchObject({
        kind,
        class: label,
        label: String(label),
        confidence,
        generation,
        reached,
        replaced,
        modelName: "Linear",
      });
      expect(node.image.sha256).toBe(sha256);
      expect(node.createdAt.getTime()).toBe(image.created);
    }
  });
});
