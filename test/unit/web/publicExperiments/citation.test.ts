/** Citations on the pages for visitors. */

import { expect, it } from "vitest";
import { bibtexName, citeAsBibtex, citeAsText, citedOf } from "../../../../apps/web/src/features/publicExperiments/citation.ts";

const experiment = {
  workspaceName: "Perception Lab",
  name: "MNIST, 100% & two_encodings {x}",
  key: "EXP-12",
  publishedAt: "2026-11-26T10:00:00.000Z",
  createdAt: "2025-01-01T10:00:00.000Z",
};
const unlisted = { ...experiment, publishedAt: null };
const address = "https://pareidolia.lab.example/public/abc";

it("names the owner, the year of publication, the key and the full address", () => {
  expect(citeAsText(citedOf(experiment, address))).toBe(
    `Perception Lab (2026). MNIST, 100% & two_encodings {x}. Pareidolia, EXP-12. ${address}`,
  );
  expect(citeAsText(citedOf(unlisted, address))).toContain("(2025)");
});

it("names the run on a run's page, and its experiment", () => {
  const cited = citedOf(experiment, address, { key: "RUN-3", name: "CPPN against LeNet-5" });
  expect(citeAsText(cited)).toBe(
    `Perception Lab (2026). CPPN against LeNet-5, in: MNIST, 100% & two_encodings {x}. Pareidolia, RUN-3 in EXP-12. ${address}`,
  );
  expect(bibtexName(cited)).toBe("pareidolia-run-3-in-exp-12-2026");
  expect(citeAsBibtex(cited)).toContain("note = {Pareidolia, RUN-3 in EXP-12},");
});

it("leaves the secret link of an unlisted experiment out", () => {
  expect(citeAsText(citedOf(unlisted, null))).toBe("Perception Lab (2025). MNIST, 100% & two_encodings {x}. Pareidolia, EXP-12.");
  expect(citeAsBibtex(citedOf(unlisted, null))).not.toMatch(/howpublished|url/);
});

it("gives the address to styles that print howpublished and to those that print url", () => {
  const entry = citeAsBibtex(citedOf(experiment, address));
  expect(entry).toContain(`howpublished = {\\url{${address}}},`);
  expect(entry).toContain(`  url = {${address}},`);
});

it("escapes what TeX reads as commands", () => {
  const entry = citeAsBibtex(citedOf({ ...experiment, name: "100% & two_encodings {x} \\input" }, address));
  expect(entry).toContain("title = {100\\% \\& two\\_encodings x input},");
  expect(entry.startsWith("@misc{pareidolia-exp-12-2026,\n")).toBe(true);
});
