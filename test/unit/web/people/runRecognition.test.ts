/** What people say about a run's images, as text: over what its interval generalises, or why there is none. */
import { type ComponentProps, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { RunRecognition } from "../../../../apps/web/src/features/people/RunRecognition.tsx";

type Recognition = NonNullable<ComponentProps<typeof RunRecognition>["recognition"]>;

const asked: Recognition = {
  askedCount: 12,
  imageCount: 12,
  voteCount: 240,
  correctedImageCount: 12,
  correctedVoteCount: 240,
  meanShare: null,
  low: null,
  high: null,
  intervalFor: null,
  intervalReason: null,
  withheld: null,
};
const htmlOf = (recognition: Partial<Recognition>): string =>
  renderToStaticMarkup(createElement(RunRecognition, { recognition: { ...asked, ...recognition } }));
const textOf = (html: string): string => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

it("says over what the interval generalises, as the API does, in text and title", () => {
  const html = htmlOf({ meanShare: 0.5, low: 0.401, high: 0.599, intervalFor: "VOTERS_AND_IMAGES" });
  expect(textOf(html)).toContain("40.1 – 59.9 for other voters and other images, 12 images, 240 votes");
  expect(html).toContain('title="Mean share over images, beyond guessing, 95% interval for other voters and other images 40.1 – 59.9%"');
  expect(textOf(htmlOf({ meanShare: 0.5, low: 0.401, high: 0.599, intervalFor: "IMAGES" }))).toContain("for these voters and other images");
});

it("says why there is no interval", () => {
  const reason = "A 95% interval for other voters and other images needs at least 60 votes.";
  const html = htmlOf({ correctedImageCount: 5, correctedVoteCount: 50, meanShare: 0.5, intervalReason: reason });
  expect(textOf(html)).toContain("50%, no interval, 5 of 12 images, 50 votes");
  expect(html).toContain(`title="${reason}"`);
});

it("has no share where guesses cannot be counted, and says so instead of that there are no votes", () => {
  const reason = `Voters answered "can't tell".`;
  const html = htmlOf({ correctedImageCount: 0, correctedVoteCount: 0, intervalReason: reason });
  expect(textOf(html)).toContain("240 votes, guesses unknown");
  expect(html).toContain("title=");
  expect(textOf(htmlOf({ imageCount: 0, voteCount: 0, correctedImageCount: 0, correctedVoteCount: 0 }))).toContain(
    "12 images, no votes yet",
  );
});
