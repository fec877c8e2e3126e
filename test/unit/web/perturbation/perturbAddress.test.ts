import { expect, it } from "vitest";
import { perturbAddress } from "../../../../apps/web/src/features/perturbation/perturbAddress.ts";

const run = {
  key: "RUN-7",
  experiment: { key: "EXP-7" },
  model: { slug: "lenet" },
  method: "pgd",
  preset: "usual",
  seed: 12,
  parameters: { iterations: 40, norm: "L2" },
  norm: "L2",
  target: 0,
  source: { id: "SW1hZ2U6YWJj" },
  sourceCrop: { x: 0.1, y: 0.2, size: 0.5 },
} as const;
const valuesOf = (address: string) => Object.fromEntries(new URL(address, "http://localhost").searchParams);

it("the link fills the attack form with the settings of one result", () => {
  const address = perturbAddress({ run, bound: 250 });
  expect(address).toMatch(/^\/experiments\/EXP-7\/new\?/);
  expect(valuesOf(address)).toEqual({
    method: "perturb",
    from: "RUN-7",
    model: "lenet",
    attack: "pgd",
    preset: "usual",
    seed: "12",
    source: "SW1hZ2U6YWJj",
    target: "0",
    boundsL2: "250",
    crop: "0.1,0.2,0.5",
    parameters: '{"iterations":40,"norm":"L2"}',
  });
});

it("the link sets no bound, target or source if the result has none", () => {
  const values = valuesOf(perturbAddress({ run: { ...run, norm: "LINF", target: null, source: null, sourceCrop: null }, bound: null }));
  expect(values).toMatchObject({ boundsLinf: "" });
  expect(values).not.toHaveProperty("target");
  expect(values).not.toHaveProperty("source");
});
