/** What a researcher reads in place of a comparison: a study that is hidden from them is no failure to try again. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { CombinedError } from "urql";
import { expect, it } from "vitest";
import { ComparisonProblem } from "../../../../apps/web/src/features/studyComparison/ComparisonProblem.tsx";

function textOf(code: string, message: string): string {
  const error = new CombinedError({ graphQLErrors: [{ message, extensions: { code } }] });
  return renderToStaticMarkup(createElement(ComparisonProblem, { error, onRetry: () => {} }))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

it("a researcher who votes blind is told why, and has nothing to try again", () => {
  const text = textOf("FORBIDDEN", "STU-2 cannot be compared. You vote in this study.");
  expect(text).toContain("This comparison is not open to you");
  expect(text).toContain("only after the last trial. STU-2 cannot be compared. You vote in this study.");
  expect(text).not.toContain("Try again");
});

it("another problem can be tried again", () => {
  const text = textOf("INTERNAL", "The database is lost.");
  expect(text).toContain("Try again");
  expect(text).not.toContain("not open to you");
});
