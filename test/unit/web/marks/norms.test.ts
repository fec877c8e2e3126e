/** The words for norms, compared with the choices of methods. */
import { norms as choices } from "@pareidolia/core/norm";
import { expect, it } from "vitest";
import { normChosenBy, norms } from "../../../../apps/web/src/features/marks/norms.ts";

it("each norm that a method can choose has its own words, and is found by its choice", () => {
  const signs = choices.map((choice) => norms[normChosenBy(choice)].sign);
  expect(new Set(signs).size).toBe(choices.length);
  for (const choice of choices) expect(norms[normChosenBy(choice)].choice).toBe(choice);
  expect(normChosenBy(undefined)).toBe("LINF");
});
