/**
 * Whether an engine can compute through WebGPU on this machine. WebGPU needs an adapter, a GPU with its driver. Without one the engine
 * counts as absent, not as broken, since no installation is at fault.
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
