/**
 * Registers tfjs-core's gradients, which its main file for Node omits. The file that contains them imports 450 others without extensions,
 * which only bundlers resolve. A resolution hook adds the extensions, inside that package and in this thread only. It also says that they
 * are ES modules, as the package does not, and Node would compile each of them twice to find out. Both copies of the library share one
 * engine and registry, which tfjs stores on the global object.
 */
import { registerHooks } from "node:module";

const entry = "@tensorflow/tfjs-core/dist/register_all_gradients.js";
const folder = "/@tensorflow/tfjs-core/dist/";
const relative = /^\.{1,2}\//;

export async function registerGradients(): Promise<void> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (parentURL?.includes(folder) === true && relative.test(specifier)) {
        const file = specifier.endsWith(".js") ? specifier : `${specifier}.js`;
        return { url: new URL(file, parentURL).href, format: "module", shortCircuit: true };
      }
      const found = next(specifier, context);
      return specifier === entry ? { ...found, format: "module" } : found;
    },
  });
  try {
    await import(entry);
  } finally {
    hooks.deregister();
  }
}
