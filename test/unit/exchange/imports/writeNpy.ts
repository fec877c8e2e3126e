/** Writes NumPy's format .npy, version 1, independently of the reader. */
export interface NpyInput {
  /** NumPy's type, such as `|u1`. */
  readonly descr?: string;
  readonly shape?: readonly number[];
  /** Instead of `descr` and `shape`. */
  readonly header?: string;
  readonly data: Uint8Array;
}

export function writeNpy({ descr = "|u1", shape = [], header, data }: NpyInput): Uint8Array {
  const sides = shape.map((side) => `${side}, `).join("");
  const text = Buffer.from(`${header ?? `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sides}), }`}\n`, "latin1");
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return new Uint8Array(Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, text, data]));
}
