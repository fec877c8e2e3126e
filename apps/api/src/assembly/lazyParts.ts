/**
 * Returns a function that creates objects whose parts are created on first access, so that parts may use each other in any order. The parts
 * are declared once, on a prototype: a request has many loaders and uses few.
 */
type Factories<Given> = Iterable<readonly [name: string, make: (given: Given) => unknown]>;

/** Marks a part under construction. */
const making = Symbol("making");

/** Accessing a part that depends on itself, directly or indirectly, throws an Error. */
export function lazyParts<Parts extends object, Given>(factories: Factories<Given>): (given: Given) => Parts {
  class Lazy {
    readonly given: Given;
    readonly made = new Map<string, unknown>();

    constructor(given: Given) {
      this.given = given;
    }
  }
  for (const [name, make] of factories)
    Object.defineProperty(Lazy.prototype, name, {
      get(this: Lazy): unknown {
        const { given, made } = this;
        const known = made.get(name);
        if (known === making) throw new Error(`${name} depends on itself.`);
        if (known !== undefined) return known;
        made.set(name, making);
        const part = make(given);
        made.set(name, part);
        return part;
      },
    });
  return (given) => new Lazy(given) as unknown as Parts;
}
