/**
 * tfjs-core's main file for Node leaves its gradients out, and the file that has them imports its neighbours without their endings,
 * as bundlers do and Node does not. A resolution hook adds the endings, inside that package and in this thread only. Both copies of
 * the library share one engine and one registry, which tfjs keeps on the global object.
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
