/**
 * Returns an object that makes each part when it is first read, so that parts may use each other in any order.
 * @throws Error when a part needs itself, directly or through others.
 */
export function lazyParts<Parts extends object>(factories: Iterable<readonly [name: string, make: () => unknown]>): Parts {
  const parts = {};
  for (const [name, make] of factories) {
    let state: "new" | "making" | "made" = "new";
    let part: unknown;
    Object.defineProperty(parts, name, {
      enumerable: true,
      get() {
        if (state === "making") throw new Error(`${name} needs itself.`);
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
