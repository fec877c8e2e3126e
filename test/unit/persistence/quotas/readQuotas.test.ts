/** The operator's settings of the storage quota and of the largest import. */
import { readLargestImport, readQuotas } from "@pareidolia/persistence/workspace/quotas/readQuotas";
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

it("the largest import has 20 GB without the setting, and otherwise as set, in GB", () => {
  expect(readLargestImport({})).toBe(20 * 1024 ** 3);
  expect(readLargestImport({ PAREIDOLIA_IMPORT_GB: "" })).toBe(20 * 1024 ** 3);
  expect(readLargestImport({ PAREIDOLIA_IMPORT_GB: "0.25" })).toBe(256 * 1024 ** 2);
  expect(() => readLargestImport({ PAREIDOLIA_IMPORT_GB: "20GB" })).toThrow(/PAREIDOLIA_IMPORT_GB must be a number of GB/);
});
