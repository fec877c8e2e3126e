/**
 * Returns an object that creates each part on first access, so that parts may use each other in any order.
 * @throws Error on access to a part that depends on itself, directly or through others.
 */
export function lazyParts<Parts extends object>(factories: Iterable<readonly [name: string, make: () => unknown]>): Parts {
  const parts = {};
  for (const [name, make] of factories) {
    let state: "new" | "making" | "made" = "new";
    let part: unknown;
    Object.defineProperty(parts, name, {
      enumerable: true,
      get() {
        if (state === "making") throw new Error(`${name} depends on itself.`);
        if (state === "new") {
          state = "making";
          part = make();
          state = "made";
        }
        return part;
      },
    });
  }
  return parts as Parts;
}
