import { Preparation } from "@pareidolia/classifiers/intake/preparation";
import { expect, it } from "vitest";

function compute(): number {
  let sum = 0;
  for (let round = 0; round < 1e6; round++) sum += Math.sqrt(round);
  return sum;
}

it("the inspection refuses a network once its preparation steps together take too long", () => {
  const preparation = new Preparation(0.2);
  expect(preparation.step(() => "short")).toBe("short");
  const endless = () => {
    for (;;) preparation.step(compute);
  };
  expect(endless).toThrow(expect.objectContaining({ code: "TOO_SLOW", message: expect.stringMatching(/to prepare/) }));
});
