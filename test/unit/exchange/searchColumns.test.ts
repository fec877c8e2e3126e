/** A figure of the search, on float pixels, is never mistaken for one of a stored image: its column in an export is named so. */
import { type BundleTable, bundleTables } from "@pareidolia/exchange/bundleTables";
import { expect, it } from "vitest";

const columns = Object.entries(bundleTables as Readonly<Record<string, BundleTable>>).flatMap(([table, { columns: own }]) =>
  Object.entries(own).map(([name, { description }]) => ({ name, path: `${table}.${name}`, description })),
);

it("a column of an export has a figure of the search if and only if its name has the word", () => {
  const isOfSearch = (description: string): boolean => /float pixels|during the (?:search|attack)|of the search/.test(description);
  const isNamed = (name: string): boolean => name.split("_").includes("search");
  expect(columns.filter(({ name, description }) => isOfSearch(description) && !isNamed(name)).map(({ path }) => path)).toEqual([]);
  expect(columns.filter(({ name, description }) => isNamed(name) && !isOfSearch(description)).map(({ path }) => path)).toEqual([]);
  expect(columns.filter(({ name }) => isNamed(name)).length).toBeGreaterThanOrEqual(10);
});

it("beside each figure of the search, the one of the stored image", () => {
  const paths = new Set(columns.map(({ path }) => path));
  const storedNames = (path: string): readonly string[] => [path.replace("search_", "stored_"), path.replace("search_", "")];
  const alone = columns.filter(({ name, path }) => name.includes("search_") && !storedNames(path).some((stored) => paths.has(stored)));
  expect(alone.map(({ path }) => path)).toEqual([]);
});
