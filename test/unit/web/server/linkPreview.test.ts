/** The tags by which services preview the link of a page for visitors. */
import { describe, expect, it } from "vitest";
import { describeShared, linkPreview } from "../../../../apps/web/src/server/linkPreview.ts";

const heading: Parameters<typeof describeShared>[0] = {
  id: "RXhwZXJpbWVudDox",
  name: "Two encodings",
  description: "",
  workspaceName: "Perception Lab",
  visibility: "PUBLIC",
  runCount: 12,
  modelNames: ["LeNet-5", "Perceptron"],
};
const origin = "https://lab.example";
const token = "a".repeat(43);

describe("describeShared", () => {
  it("uses the experiment's own words, on one line and shortened", () => {
    expect(describeShared({ ...heading, description: " Do images of\n\ndigits transfer? " })).toBe("Do images of digits transfer?");
    const long = describeShared({ ...heading, description: "word ".repeat(100) });
    expect([long.length <= 200, long.endsWith("word…")]).toEqual([true, true]);
  });

  it("says what is in an experiment without a description", () => {
    expect(describeShared(heading)).toBe("An experiment by Perception Lab on fooling images: 12 runs against LeNet-5, Perceptron.");
    expect(describeShared({ ...heading, runCount: 1, modelNames: [] })).toBe("An experiment by Perception Lab on fooling images: 1 run.");
  });
});

describe("linkPreview", () => {
  it("names the full addresses of a public page and of its image", () => {
    const { openGraph, twitter, alternates } = linkPreview({ origin, heading, path: "/public/RXhwZXJpbWVudDox" });
    const image = { url: "https://lab.example/contact-sheets/RXhwZXJpbWVudDox/preview.png", width: 1200, height: 630 };
    expect(openGraph).toMatchObject({ title: "Two encodings", url: "https://lab.example/public/RXhwZXJpbWVudDox", images: [image] });
    expect(twitter).toMatchObject({ card: "summary_large_image", images: [image] });
    expect(alternates?.canonical).toBe("https://lab.example/public/RXhwZXJpbWVudDox");
  });

  it("opens the image of an unlisted experiment by its link, and names no address of the page", () => {
    const { openGraph, alternates } = linkPreview({ origin, heading, shareToken: token, path: `/shared/${token}` });
    expect(openGraph).toMatchObject({ images: [{ url: expect.stringContaining(`/preview.png?share=${token}`) }] });
    expect([openGraph?.url, alternates]).toEqual([undefined, undefined]);
  });

  it("names the run on its page, and no image before there is a run", () => {
    expect(linkPreview({ origin, heading, runName: "CPPN against LeNet-5", path: "/" }).title).toBe("CPPN against LeNet-5, Two encodings");
    const { openGraph, twitter } = linkPreview({ origin, heading: { ...heading, runCount: 0 }, path: "/" });
    expect([openGraph?.images, twitter]).toMatchObject([[], { card: "summary" }]);
  });
});
