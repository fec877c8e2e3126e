/** The voters' texts: complete in every language, and chosen by the reader's languages. */

import { minutesOf } from "@pareidolia/perception/trials/sessionLength";
import { describe, expect, it } from "vitest";
import { problemText } from "../../../../apps/web/src/features/voting/problemText.ts";
import { languageName, preferredLanguage, textLanguage, textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";

/** Arguments of the texts that are functions, where others than numbers are needed. */
const argumentsOf: Readonly<Record<string, readonly unknown[]>> = { seconds: ["2.5"], goldPassed: [2, "YES_NO"] };

/** Every text of a language by its name, functions called with the same arguments in each. */
function wordsIn(language: string): Readonly<Record<string, string>> {
  const wordsOf = ([name, text]: [string, unknown]): [string, string] => {
    const value: unknown = typeof text === "function" ? Reflect.apply(text, null, argumentsOf[name] ?? [2, 3]) : text;
    return [name, Array.isArray(value) ? value.join(" ") : String(value)];
  };
  return Object.fromEntries(Object.entries(textsIn(language)).map(wordsOf));
}

describe("texts", () => {
  it("are in German for a German reader and in English for languages without texts", () => {
    expect(textsIn("de-AT").thankYou).toBe("Vielen Dank");
    expect(textsIn("fr").thankYou).toBe("Thank you");
    expect(textLanguage("fr")).toBe("en");
  });

  it("are translated, each of them", () => {
    const [english, german] = [wordsIn("en"), wordsIn("de")];
    // A letter, not a word.
    const same = Object.keys(english).filter((name) => name !== "noKeys" && english[name] === german[name]);
    expect(same).toEqual([]);
  });

  it("contain no English in German", () => {
    const german = Object.values(wordsIn("de"));
    // Single words may be words of both languages, such as "Start".
    const texts = Object.values(wordsIn("en")).filter((text) => /\w \w/.test(text));
    const left = texts.filter((text) => german.some((other) => ` ${other} `.includes(` ${text} `)));
    expect(left).toEqual([]);
    for (const word of ["Geteilt", "Notifications"]) expect(german.filter((text) => text.includes(word))).toEqual([]);
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
