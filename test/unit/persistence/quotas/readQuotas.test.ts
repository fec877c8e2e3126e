/** The operator's setting of the storage quota. */
import { readQuotas } from "@pareidolia/persistence/quotas/readQuotas";
import { expect, it } from "vitest";

const read = (text: string) => readQuotas({ PAREIDOLIA_STORAGE_QUOTA_GB: text });

it("the storage quota is 20 GB without the setting, and otherwise as set, in GB", () => {
  expect(readQuotas({}).storageBytes).toBe(20 * 1024 ** 3);
  expect(read("50").storageBytes).toBe(50 * 1024 ** 3);
  expect(read("0.5").storageBytes).toBe(512 * 1024 ** 2);
  expect(read("0").storageBytes).toBe(0);
});

it.each(["", " ", "-1", "much", "NaN", "Infinity", "1e9", "20GB"])("a quota of %j is refused with the name of the setting", (text) => {
  expect(() => read(text)).toThrow(/PAREIDOLIA_STORAGE_QUOTA_GB must be a number of GB/);
});
