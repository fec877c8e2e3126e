/**
 * `npm run tensorflow -- cpu|cuda`: builds the native engine, tfjs-node-gpu on a current TensorFlow, in its own folder. It is an
 * optional step because it takes more than a gigabyte.
 */
import { findNativeBuild, nativeFolder, nativeVariants } from "@pareidolia/classifiers/engines/tfjs/nativeBuild";
import { AppError } from "@pareidolia/core/appError";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { buildTensorFlow, nvidiaFolders } from "./tensorflow/buildTensorFlow.ts";
import { openTerminal } from "./terminal.ts";

const usage = `npm run tensorflow -- cpu    TensorFlow for processors: downloads 207 MB, takes 1.2 GB
npm run tensorflow -- cuda   TensorFlow with CUDA 12 and cuDNN: downloads 2.4 GB, takes 6 GB`;

const terminal = openTerminal(process.stdout);

await runEntry(async (signal) => {
  const [name, ...more] = process.argv.slice(2);
  const variant = nativeVariants.find((known) => known === name);
  if (variant === undefined || more.length > 0) throw new AppError("INVALID_INPUT", `Choose cpu or cuda.\n\n${usage}`);
  const { env } = process;
  const build = await buildTensorFlow({ root: readSettings(env).root, variant, env, terminal, signal });
  const folder = nativeFolder(env, variant);
  terminal.say(`\ntfjs-node-gpu ${build.tfjs} on TensorFlow ${build.tensorflow} (${variant}) is in ${folder}.`);
  const nvidia = await nvidiaFolders(folder);
  if (nvidia.length > 0) terminal.say(`To let workers find NVIDIA's libraries: export LD_LIBRARY_PATH=${nvidia.join(":")}`);
  terminal.say(`npm run engines checks that it loads and measures its speed.`);
  return findNativeBuild(env) === null ? 1 : 0;
});
