/** The voters' texts: complete in every language, and chosen by the reader's languages. */

import { minutesOf } from "@pareidolia/perception/trials/sessionLength";
import { describe, expect, it } from "vitest";
import { problemText } from "../../../../apps/web/src/features/voting/problemText.ts";
import { languageName, preferredLanguage, textLanguage, textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";

describe("texts", () => {
  it("are in German for a German reader and in English for languages without texts", () => {
    expect(textsIn("de-AT").thankYou).toBe("Vielen Dank");
    expect(textsIn("fr").thankYou).toBe("Thank you");
    expect(textLanguage("fr")).toBe("en");
  });

  it("are translated, each of them", () => {
    const english = textsIn("en");
    const german = textsIn("de");
    // Placeholder letters and words that both languages share.
    const shared = new Set(["noKeys"]);
    const same = (Object.keys(english) as (keyof typeof english)[]).filter(
      (name) => typeof english[name] !== "function" && JSON.stringify(english[name]) === JSON.stringify(german[name]) && !shared.has(name),
    );
    expect(same).toEqual([]);
  });

  it("agree in number", () => {
    expect(textsIn("en").withdrawnText(1)).toContain("1 answer was removed");
    expect(textsIn("en").withdrawnText(60)).toContain("60 answers were removed");
    expect(textsIn("de").leavePending(1)).toContain("Eine Antwort ist");
  });

  it("say what to do when a request fails", () => {
    const texts = textsIn("en");
    expect(problemText(texts, "NO_ANSWER")).toContain("Check your connection");
    expect(problemText(texts, "RATE_LIMITED")).toContain("in an hour");
    expect(problemText(texts, "CONFLICT")).toContain("try again");
  });
});

describe("the language", () => {
  it("is the reader's first that the study has, else the study's first", () => {
    expect(preferredLanguage(["en", "de"], ["fr-FR", "de-DE", "en"])).toBe("de");
    expect(preferredLanguage(["en", "de"], ["fr"])).toBe("en");
  });

  it("is named in itself", () => {
    expect(["en", "de", "fr"].map(languageName)).toEqual(["English", "Deutsch", "français"]);
  });
});

describe("the duration", () => {
  it("adds the timing of a trial to the time to answer", () => {
    const timing = [{ blankMs: 500, imageMs: 0, maskMs: 0, answerMs: 0 }];
    expect(minutesOf({ trialCount: 72, timing })).toBe(5);
    expect(minutesOf({ trialCount: 1, timing })).toBe(1);
  });
});
