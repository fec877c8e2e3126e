/** The link from a configuration to the form, and the form values that it sets. */
import { describe, expect, it } from "vitest";
import { ascendAddress } from "../../../../apps/web/src/features/configurations/ascendAddress.ts";
import { ascentFromAddress } from "../../../../apps/web/src/features/newRun/ascentAddress.ts";
import { framingFromAddress } from "../../../../apps/web/src/features/newRun/framing.ts";
import { methodFromAddress } from "../../../../apps/web/src/features/newRun/methodAddress.ts";
import { cropFromAddress } from "../../../../apps/web/src/features/newRun/useSourceCrop.ts";

const models = [{ id: "m1", slug: "lenet", name: "LeNet", labels: ["0", "1", "2", "3"] }];
const number = { description: "", kind: "NUMBER", default: 0, minimum: 0, maximum: 1000, choices: null } as const;
const method = {
  id: "regularised",
  label: "Regularised",
  parameters: [
    { ...number, name: "decay", label: "Decay" },
    { ...number, name: "stepSize", label: "Step size" },
  ],
  presets: [{ id: "paper", label: "Paper", description: "", source: "", values: { decay: 0, stepSize: 1 } }],
};
const run = {
  key: "RUN-4",
  experiment: { key: "EXP-4" },
  model: { slug: "lenet" },
  preset: "paper",
  seed: 9,
  parameters: { decay: 0, stepSize: 2 },
  classes: [1, 3],
  starts: 2,
  source: { id: "image" },
  framing: { crops: 10, imageSize: 256 },
};

describe("the link to ascend with a configuration", () => {
  const address = new URL(ascendAddress(run, { decay: 0.01 }), "http://localhost");

  it("opens the ascent form in the run's experiment", () => {
    expect(address.pathname).toBe("/experiments/EXP-4/new");
    expect(address.searchParams.get("method")).toBe("ascend");
  });

  it("sets the run's values, replaced by the drawn ones, without a search", () => {
    const form = methodFromAddress(address.searchParams, { models, methods: [method], methodField: "ascent", newSeed: "31" });
    expect(form).toMatchObject({ modelId: "m1", presetId: "paper", seed: "9", changes: { decay: 0.01, stepSize: 2 }, problems: {} });
    const ascent = ascentFromAddress(address.searchParams, { models, searchable: ["decay"] });
    expect(ascent).toMatchObject({ classes: [1, 3], starts: "2", source: "image", settings: "these", problems: {} });
  });

  it("keeps the run's crop of the start image", () => {
    expect(address.searchParams.has("crop")).toBe(false);
    const cropped = new URL(ascendAddress({ ...run, sourceCrop: { x: 0.1, y: 0.2, size: 0.5 } }, {}), "http://localhost");
    expect(cropFromAddress(cropped.searchParams)).toEqual({ x: 0.1, y: 0.2, size: 0.5 });
  });

  it("keeps the run's framing, and sets none if the images had the network's input size", () => {
    const model = { name: "Photos", width: 227, height: 227, channels: 3 };
    expect(framingFromAddress(address.searchParams, model)).toEqual({ framing: run.framing, problems: {} });
    const whole = new URL(ascendAddress({ ...run, framing: null }, {}), "http://localhost");
    expect(framingFromAddress(whole.searchParams, model)).toEqual({ framing: null, problems: {} });
  });
});
