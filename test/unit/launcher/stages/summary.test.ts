/** The end of `npm test`. */
import { summarise } from "@pareidolia/launcher/stages/summary";
import { expect, it } from "vitest";

const cases = [
  { name: "reads digits", passed: true },
  { name: "reads photographs", passed: true, skipped: true, message: "photos/cat.bmp could not be downloaded." },
  { name: "writes", passed: false, message: "expected 1\nto be 2" },
];

it("names skipped tests with their reason, counts them, and ends with what passed and failed", () => {
  const { lines, totals } = summarise([{ stage: "unit", cases, seconds: 3.4 }]);
  expect(totals).toEqual({ passed: 1, failed: 1, skipped: 1 });
  const text = lines.join("\n");
  expect(text).toContain("Not run here:\n  unit: reads photographs (photos/cat.bmp could not be downloaded.)\n");
  expect(text).toContain("FAILED unit: writes\n    expected 1\n    to be 2\n");
  expect(text).toMatch(/\n1 skipped, as listed above\n\n1 passed, 1 failed$/);
});

it("says nothing about skipped tests if there are none", () => {
  const { lines } = summarise([{ stage: "unit", cases: cases.slice(0, 1), seconds: 0 }]);
  expect(lines.join("\n")).not.toMatch(/skipped,|Not run/);
  expect(lines.at(-1)).toBe("\n1 passed, 0 failed");
});

it("prints the seconds, the processor seconds and the five slowest files of each stage", () => {
  const files = [3, 70, 1, 9, 40, 8, 2].map((seconds) => ({ name: `file${seconds}`, seconds }));
  const { lines } = summarise([
    { stage: "unit", cases, seconds: 73.6, processorSeconds: 121.2, files },
    { stage: "e2e", cases, seconds: 5, processorSeconds: null },
  ]);
  const text = lines.join("\n");
  expect(text).toMatch(/\nstage +passed +failed +skipped +seconds +CPU-seconds\nunit +1 +1 +1 +74 +121\ne2e +1 +1 +1 +5 +-\n/);
  expect(text).toContain("\nSlowest files\nunit         file70 70 s, file40 40 s, file9 9 s, file8 8 s, file3 3 s\n");
});
