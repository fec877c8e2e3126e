/**
 * Registers tfjs-core's gradients, which its main file for Node omits. The file that contains them imports other files without
 * extensions, which only bundlers resolve. A resolution hook adds the extensions, inside that package and in this thread only. Both
 * copies of the library share one engine and registry, which tfjs stores on the global object.
 */
import { registerHooks } from "node:module";

const extensionless = /^\.{1,2}\/(?!.*\.js$)/;

export async function registerGradients(): Promise<void> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const within = context.parentURL?.includes("/@tensorflow/tfjs-core/dist/") === true;
      return next(within && extensionless.test(specifier) ? `${specifier}.js` : specifier, context);
    },
  });
  try {
    const file = "@tensorflow/tfjs-core/dist/register_all_gradients.js";
    await import(file);
  } finally {
    hooks.deregister();
  }
}
