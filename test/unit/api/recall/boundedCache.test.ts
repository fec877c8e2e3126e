/** The cache that stays below a weight. */
import { BoundedCache } from "@pareidolia/api/recall/boundedCache";
import { expect, it } from "vitest";

const kept = (cache: BoundedCache<string>, keys: string): string =>
  keys
    .split("")
    .filter((key) => cache.get(key) !== undefined)
    .join("");

it("a cache drops the values that were not used for longest until the rest weighs little enough", () => {
  const cache = new BoundedCache<string>(10, ({ length }) => length);
  cache.set("a", "1234");
  cache.set("b", "1234");
  expect(cache.get("a")).toBe("1234");
  cache.set("c", "123");
  expect(kept(cache, "abc")).toBe("ac");
  cache.set("a", "1");
  cache.set("d", "123456");
  expect(kept(cache, "acd")).toBe("acd");
  cache.delete("d");
  cache.set("e", "12345678901");
  expect(kept(cache, "acde")).toBe("");
  cache.set("f", "1234567890");
  expect(kept(cache, "f")).toBe("f");
});
