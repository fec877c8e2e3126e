import { peerFolder } from "@pareidolia/lab/peers/peerEnvironment";
import { describe, expect, it } from "vitest";
import { alexNetLayers, leNetLayers, multiplyAdds } from "../../bench/multiplyAdds.ts";
import { takeTurns } from "../../bench/turns.ts";

describe("the speed benchmark", () => {
  it("counts 2.293 million multiply-adds in a LeNet of 20, 50 and 500 units", () => {
    expect(multiplyAdds(leNetLayers)).toBe(20 * 25 * 576 + 50 * 500 * 64 + 800 * 500 + 500 * 10);
  });

  it("counts a little over a thousand million in an AlexNet without groups", () => {
    expect(multiplyAdds(alexNetLayers) / 1e6).toBeCloseTo(105.4 + 447.9 + 149.5 + 224.3 + 149.5 + 37.7 + 16.8 + 4.1, 0);
  });

  it("alternates the sides, ends with the first one, and keeps the best times after the warm-up turn", async () => {
    const order: string[] = [];
    const side = (name: string, seconds: number[]) => ({
      turn: async () => {
        order.push(name);
        return [seconds.shift() ?? Number.NaN];
      },
    });
    const best = await takeTurns([side("a", [1, 5, 4, 6]), side("b", [2, 9, 8])], 2);
    expect(order.join("")).toBe("abababa");
    expect(best).toEqual([
      { seconds: 4, steps: 3 },
      { seconds: 8, steps: 2 },
    ]);
  });

  it("uses a new environment for the peers if the pinned requirements change, always below the configured folder", () => {
    const [first, second] = ["torch==1", "torch==2"].map((text) => peerFolder({ PAREIDOLIA_HOME: "/somewhere" }, text));
    expect(first).not.toBe(second);
    expect(first?.startsWith("/somewhere/peers/")).toBe(true);
  });
});
