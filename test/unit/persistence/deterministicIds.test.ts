/** Ids that follow from a row's address: equal ones on every machine and in every version. */
import { trajectoryIdOf } from "@pareidolia/persistence/server/database/deterministicIds";
import { describe, expect, it } from "vitest";

describe("a trajectory's id", () => {
  it("is unchanged for the first configuration since before others existed", () => {
    expect(trajectoryIdOf("r", { configuration: 0, class: 3, start: 1 })).toBe("7f3de05c-3f08-81da-b2ff-0657b256a1d0");
  });

  it("differs for another run, configuration, class or start", () => {
    const addresses = [0, 1, 2].flatMap((configuration) =>
      [0, 1, 2].flatMap((target) => [0, 1].map((start) => ({ configuration, class: target, start }))),
    );
    expect(new Set(["r", "s"].flatMap((run) => addresses.map((address) => trajectoryIdOf(run, address)))).size).toBe(2 * 18);
  });
});
