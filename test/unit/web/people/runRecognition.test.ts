/** What people say about a run's images, as text: over what its interval generalises, or why there is none. */
import { type ComponentProps, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { RunRecognition } from "../../../../apps/web/src/features/people/RunRecognition.tsx";

type Recognition = NonNullable<ComponentProps<typeof RunRecognition>["recognition"]>;

const htmlOf = (recognition: Partial<Recognition>): string =>
  renderToStaticMarkup(createElement(RunRecognition, { recognition: { askedCount: 12, imageCount: 12, voteCount: 240, ...recognition } }));
const textOf = (html: string): string => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

it("says over what the interval generalises, as the API does, in text and title", () => {
  const html = htmlOf({ meanShare: 0.5, low: 0.401, high: 0.599, intervalFor: "VOTERS_AND_IMAGES" });
  expect(textOf(html)).toContain("40.1 – 59.9 for other voters and other images, 12 images, 240 votes");
  expect(html).toContain('title="Mean share over images, 95% interval for other voters and other images 40.1 – 59.9%"');
  expect(textOf(htmlOf({ meanShare: 0.5, low: 0.401, high: 0.599, intervalFor: "IMAGES" }))).toContain("for these voters and other images");
});

it("says why there is no interval", () => {
  const reason = "A 95% interval for other voters and other images needs at least 60 votes.";
  const html = htmlOf({ imageCount: 5, voteCount: 50, meanShare: 0.5, intervalReason: reason });
  expect(textOf(html)).toContain("50%, no interval, 5 of 12 images, 50 votes");
  expect(html).toContain(`title="${reason}"`);
});
