/**
 * Whether an engine computes on a GPU of this machine through WebGPU. It asks for an adapter, which is a GPU with its driver; a
 * machine without one lacks nothing that could be mended here, so the engine is absent, not broken.
 */
import type { Availability } from "./engine.ts";
import { probeEngine } from "./probeEngine.ts";

export async function findWebGpu(id: string, environment: NodeJS.ProcessEnv): Promise<Availability> {
  const probe = await probeEngine(id, environment);
  if (probe.loads) return { state: "ready", device: "GPU" };
  return /adapter|Vulkan|D3D|Metal/i.test(probe.reason)
    ? { state: "absent", how: "needs a GPU with a Vulkan, Metal or Direct3D 12 driver" }
    : { state: "broken", reason: probe.reason };
}
