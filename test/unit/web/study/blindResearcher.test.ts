/** What the page of a study tells a researcher who still votes in it, from whom the API hides its plan and link. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BlindNotice, votesBlind } from "../../../../apps/web/src/features/study/BlindNotice.tsx";
import { type StudyOfLink, VoteLink } from "../../../../apps/web/src/features/study/VoteLink.tsx";

const study = { key: "STU-20", state: "OPEN", access: "LINK", linkToken: null, planText: null } as const satisfies StudyOfLink;
const textOf = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const linkOf = (of: StudyOfLink) => textOf(renderToStaticMarkup(createElement(VoteLink, { study: of })));

describe("a researcher who votes blind", () => {
  it("is told that the link is hidden, and not that only members can vote", () => {
    const text = linkOf(study);
    expect(text).not.toContain("Only members");
    expect(text).not.toContain("/vote/STU-20");
    expect(text).toContain("The link is hidden from you while you vote blind");
  });

  it("is told what is hidden and until when", () => {
    expect(votesBlind(study)).toBe(true);
    const text = textOf(renderToStaticMarkup(createElement(BlindNotice, { study })));
    expect(text).toContain("You vote blind in STU-20");
    expect(text).toContain("until you have finished your trials");
    expect(text).toContain("Go to my trials");
  });

  it("differs from others, who see the link, or that only members vote", () => {
    expect(votesBlind({ ...study, planText: "{}" })).toBe(false);
    expect(votesBlind({ ...study, state: "DRAFT" })).toBe(false);
    expect(linkOf({ ...study, planText: "{}", linkToken: "s3cret" })).toContain("/vote/s3cret");
    expect(linkOf({ ...study, planText: "{}", access: "MEMBERS" })).toContain("Only members of this workspace can vote");
  });
});
