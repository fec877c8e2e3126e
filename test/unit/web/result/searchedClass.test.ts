/** The figures that compare a stored score with the search's: both of one class, which they name. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { formatDifference, SearchedClassFigures } from "../../../../apps/web/src/features/result/SearchedClassFigures.tsx";
import { scoresOf } from "../../../../apps/web/src/features/result/searchedScores.ts";

/** As FGSM left the cat: the search and the stored image agree that little of the original's class remains. */
const cat = { class: 3, label: "cat, tabby", search: 6.7e-8, stored: 6.9e-8 };

describe("the figures of a searched class", () => {
  it("name the class and give its difference", () => {
    const html = renderToStaticMarkup(createElement(SearchedClassFigures, { of: cat }));
    expect(html).toContain("cat, stored, 8 bit");
    expect(html).toContain("+ 2.0e-9");
    expect(html).not.toContain("+ 1.0e+0");
  });

  it("give a difference of 0 and a negative one plainly", () => {
    expect([0, -0.25].map(formatDifference)).toEqual(["0", "− 2.5e-1"]);
  });

  it("do not accept two scores that name no class", () => {
    // @ts-expect-error -- a score carries its class
    scoresOf({ search: 6.7e-8, stored: 0.998 });
    expect(scoresOf({ ...cat })).toEqual(cat);
  });
});
