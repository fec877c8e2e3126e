/** The framing that a URL selects, and the error for an invalid one. */
import { describe, expect, it } from "vitest";
import { framingFromAddress, framingValues } from "../../../../apps/web/src/features/newRun/framing.ts";
import { rerunAddress } from "../../../../apps/web/src/features/run/rerunAddress.ts";

const photos = { name: "Photos", width: 227, height: 227, channels: 3 };
const digits = { name: "Digits", width: 28, height: 28, channels: 1 };
const ask = (query: string, model: typeof photos | undefined = photos) => framingFromAddress(new URLSearchParams(query), model);

describe("the framing in a URL", () => {
  it("is read as written, and absent if not given", () => {
    for (const crops of [1, 10]) {
      const framing = { crops, imageSize: 256 };
      expect(ask(String(new URLSearchParams(framingValues(framing))))).toEqual({ framing, problems: {} });
    }
    expect(ask("")).toEqual({ framing: null, problems: {} });
    expect(framingValues(null)).toEqual({});
  });

  it.each([
    ["crops=3&imageSize=256", photos, "crops is “3” and must be one of 1, 10; images have the size of the network’s input instead."],
    ["imageSize=256", photos, "crops is “” and must be one of 1, 10"],
    ["crops=10&imageSize=64", photos, "imageSize is “64” and must be a whole number from 227 to 512"],
    ["crops=10&imageSize=256px", photos, "imageSize is “256px” and must be"],
    ["crops=10&imageSize=256", digits, "Digits does not support crops; images have the size of the network’s input instead."],
  ])("has an error for %s", (query, model, message) => {
    const { framing, problems } = ask(query, model);
    expect(framing).toBeNull();
    expect(problems["framing"]?.atTop).toContain(message);
  });

  it("is copied when a run is repeated", () => {
    const framing = { crops: 10, imageSize: 256 };
    const evolution = { encoding: "cppn", preset: "paper", seed: 1, generations: 5, offspring: 4, parameters: {}, framing };
    const address = new URL(
      rerunAddress({ ...evolution, key: "RUN-1", experiment: { key: "EXP-1" }, model: { slug: "photos" } }),
      "http://localhost",
    );
    expect(framingFromAddress(address.searchParams, photos).framing).toEqual(framing);
  });
});
