/** What is compiled before the web application is built: all that it imports. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { findPackagesOf } from "@pareidolia/launcher/prepare/prepareBuild";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

it("the packages of the web application are those that its sources import, and their own packages", () => {
  const files = readdirSync(path.join(root, "apps/web/src"), { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const texts = files.map((file) => readFileSync(path.join(root, "apps/web/src", file), "utf8"));
  const imported = texts.flatMap((text) => [...text.matchAll(/"@pareidolia\/([a-z]+)\//g)].map(([, name]) => `packages/${name}`));
  const found = findPackagesOf(root, "apps/web");
  expect(new Set(imported).size).toBeGreaterThan(3);
  expect([...new Set(imported)].filter((name) => !found.includes(name))).toEqual([]);
  // The search language takes its parameters from there.
  expect(found).toContain("packages/ascent");
  expect(found).not.toContain("packages/persistence");
});
