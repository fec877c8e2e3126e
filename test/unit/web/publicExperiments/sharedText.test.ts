/** Citations on the pages for visitors. */

import { expect, it } from "vitest";
import { bibtexOf, citeExperiment } from "../../../../apps/web/src/features/publicExperiments/sharedText.ts";

const experiment = {
  workspaceName: "Perception Lab",
  name: "MNIST, 100% & two_encodings {x}",
  key: "EXP-12",
  publishedAt: "2026-11-26T10:00:00.000Z",
  createdAt: "2025-01-01T10:00:00.000Z",
};
const address = "https://pareidolia.lab.example/public/abc";

it("names the workspace, the year of publication, the key and the address", () => {
  expect(citeExperiment(experiment, address)).toBe(
    `Perception Lab (2026). MNIST, 100% & two_encodings {x}. Pareidolia, EXP-12. ${address}`,
  );
  expect(citeExperiment({ ...experiment, publishedAt: null }, address)).toContain("(2025)");
});

it("escapes what TeX reads as commands", () => {
  const entry = bibtexOf({ ...experiment, name: "100% & two_encodings {x} \\input" }, address);
  expect(entry).toContain("title = {100\\% \\& two\\_encodings x input},");
  expect(entry).toContain(`howpublished = {\\url{${address}}},`);
  expect(entry.startsWith("@misc{pareidolia-exp-12-2026,\n")).toBe(true);
});
