/** The Python peers of the benchmarks: NumPy, PyTorch and pyribs. */
import { fileURLToPath } from "node:url";
import { preparePeers } from "@pareidolia/lab/peers/peerEnvironment";
import { PythonPeer } from "@pareidolia/lab/peers/pythonPeer";

export type Peer = { readonly peer: PythonPeer } | { readonly missing: string };

/** Path of a script in `peers/`. */
function peerScript(name: string): string {
  return fileURLToPath(new URL(`./peers/${name}`, import.meta.url));
}

/** Returns the path of a Python with the packages of peers/requirements.txt, or the reason why there is none. */
export function prepareBenchPeers(onProgress: (line: string) => void): { python: string } | { missing: string } {
  const requirements = peerScript("requirements.txt");
  return preparePeers(
    { requirements, variable: "PAREIDOLIA_PYTHON", needs: "PyTorch", size: "some GB, some minutes" },
    process.env,
    onProgress,
  );
}

export async function openBenchPeer(script: string, onProgress: (line: string) => void): Promise<Peer> {
  const prepared = prepareBenchPeers(onProgress);
  return "missing" in prepared ? prepared : PythonPeer.open(prepared.python, peerScript(script));
}
