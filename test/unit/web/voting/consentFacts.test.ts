/** What every consent states, in each language of the page. */
import { describe, expect, it } from "vitest";
import { consentFactsIn, megabytesText } from "../../../../apps/web/src/features/voting/consentFacts.ts";

describe.each(["en", "de"])("the facts in %s", (language) => {
  const facts = consentFactsIn(language);

  it("name what is kept of a voter, and for how long", () => {
    const kept =
      language === "de"
        ? /Bis Sie widerrufen.*zurückgenommene.*Sprache.*Bildwiederholrate.*Fassung/
        : /Until you withdraw.*take back.*language.*refresh rate.*version/;
    expect(facts.kept).toMatch(kept);
    expect(facts.keptNetwork).toMatch(
      language === "de"
        ? /Adresse wird nicht gespeichert.*drei Stunden.*ein Netz abfragt.*drei Stunden/
        : /address is not stored.*three hours.*network requests.*three hours/,
    );
  });

  it("have a text for each fact", () => {
    for (const text of Object.values(facts)) expect(typeof text === "function" ? text("1") : text).not.toBe("");
  });
});

it("weights are in megabytes, as people of the language write numbers, and never 0", () => {
  expect([1_000, 449_000, 1_250_000, 48_900_000].map((bytes) => megabytesText(bytes, "en"))).toEqual(["0.1", "0.4", "1.3", "49"]);
  expect(megabytesText(1_250_000, "de-AT")).toBe("1,3");
});
