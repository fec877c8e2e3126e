/** The choice of an engine, by the engines' availability. The engines themselves run in the contract suite. */
import { chooseEngine } from "@pareidolia/classifiers/engines/chooseEngine";
import type { Availability } from "@pareidolia/classifiers/engines/engine";
import { engines } from "@pareidolia/classifiers/engines/registry";
import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => vi.restoreAllMocks());

const processor: Availability = { state: "ready", device: "processor" };
const gpu: Availability = { state: "ready", device: "GPU" };
const broken: Availability = { state: "broken", reason: "libcudart.so.12 is missing" };

/** All other engines are absent. */
function machine(found: Readonly<Record<string, Availability>>): void {
  for (const engine of engines) {
    vi.spyOn(engine, "findAvailability").mockResolvedValue(found[engine.id] ?? { state: "absent", how: "install it" });
    // This machine's own build of TensorFlow does not matter.
    if (engine.mayUseGpu !== undefined) vi.spyOn(engine, "mayUseGpu").mockReturnValue(true);
  }
}

describe("the engine of a process", () => {
  it.each([
    [
      "onnxruntime on a GPU before all others",
      { "onnxruntime-cuda": gpu, "tfjs-node-gpu": gpu, "onnxruntime-cpu": processor },
      "onnxruntime-cuda",
    ],
    ["tfjs on a GPU before any engine on the processor", { "tfjs-node-gpu": gpu, "onnxruntime-cpu": processor }, "tfjs-node-gpu"],
    ["onnxruntime before TensorFlow on the processor", { "tfjs-node-gpu": processor, "onnxruntime-cpu": processor }, "onnxruntime-cpu"],
    ["TensorFlow on the processor before WebAssembly", { "tfjs-node-gpu": processor, "tfjs-wasm": processor }, "tfjs-node-gpu"],
    ["WebAssembly before plain JavaScript", { "tfjs-wasm": processor, "tfjs-cpu": processor }, "tfjs-wasm"],
    ["no WebGPU unless it is named", { "onnxruntime-webgpu": gpu, "tfjs-webgpu": gpu, "tfjs-cpu": processor }, "tfjs-cpu"],
  ] as const)("is %s", async (_, found, id) => {
    machine(found);
    expect((await chooseEngine({})).engine.id).toBe(id);
  });

  it("names the engines that it skipped because they do not load", async () => {
    machine({ "onnxruntime-cuda": broken, "onnxruntime-cpu": processor });
    const { engine, reason } = await chooseEngine({});
    expect(engine.id).toBe("onnxruntime-cpu");
    expect(reason).toBe(
      "the fastest that loads on this processor; WebGPU is used only if PAREIDOLIA_ENGINE names it; onnxruntime-cuda does not load (libcudart.so.12 is missing)",
    );
  });

  it("does not start an engine that cannot use a GPU, if a faster one is on the processor", async () => {
    machine({ "tfjs-node-gpu": processor, "onnxruntime-cpu": processor });
    const native = engines.find(({ id }) => id === "tfjs-node-gpu");
    if (native?.mayUseGpu === undefined) throw new Error("The native engine does not say whether it may use a GPU.");
    vi.spyOn(native, "mayUseGpu").mockReturnValue(false);
    expect((await chooseEngine({})).engine.id).toBe("onnxruntime-cpu");
    expect(native.findAvailability).not.toHaveBeenCalled();
  });

  it("mentions no other engines for a GPU", async () => {
    machine({ "onnxruntime-cuda": gpu, "onnxruntime-cpu": processor });
    expect((await chooseEngine({})).reason).toBe("the fastest that loads on this GPU");
  });

  it("probes each engine once, and names each broken engine once", async () => {
    machine({ "tfjs-node-gpu": broken, "tfjs-wasm": processor });
    const { reason } = await chooseEngine({});
    expect(reason).toBe(
      "the fastest that loads on this processor; WebGPU is used only if PAREIDOLIA_ENGINE names it; tfjs-node-gpu does not load (libcudart.so.12 is missing)",
    );
    for (const { findAvailability } of engines) expect(vi.mocked(findAvailability).mock.calls.length).toBeLessThanOrEqual(1);
  });

  it("is the engine of the setting, even a slow one, unless the caller names another", async () => {
    machine({ "onnxruntime-cpu": processor, "tfjs-cpu": processor, "tfjs-wasm": processor });
    const environment = { PAREIDOLIA_ENGINE: "tfjs-cpu" };
    expect(await chooseEngine(environment)).toMatchObject({ engine: { id: "tfjs-cpu" }, reason: "named by PAREIDOLIA_ENGINE" });
    expect(await chooseEngine(environment, "tfjs-wasm")).toMatchObject({ engine: { id: "tfjs-wasm" }, reason: "requested" });
    expect((await chooseEngine({ PAREIDOLIA_ENGINE: "" })).engine.id).toBe("onnxruntime-cpu");
  });

  it("is never another engine if the engine of the setting is absent, broken or unknown", async () => {
    machine({ "onnxruntime-cuda": broken, "onnxruntime-cpu": processor });
    const choose = (id: string) => chooseEngine({ PAREIDOLIA_ENGINE: id });
    await expect(choose("onnxruntime-cuda")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "The engine onnxruntime-cuda does not load here: libcudart.so.12 is missing",
    });
    await expect(choose("tfjs-node-gpu")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "The engine tfjs-node-gpu is not installed here: install it.",
    });
    await expect(choose("abacus")).rejects.toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining("onnxruntime-cpu") });
  });

  it("fails with the reasons if no engine loads", async () => {
    machine({ "onnxruntime-cpu": broken });
    await expect(chooseEngine({})).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "No engine loads on this machine: onnxruntime-cpu does not load (libcudart.so.12 is missing).",
    });
  });
});
