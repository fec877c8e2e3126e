/**
 * The inputs of a CPPN for each pixel: x, y, the distance d from the centre, and a bias of 1 (released code, phen_*_image.hpp).
 * In the released code x and y are raw pixel indices, and only d uses coordinates in [-1, 1]. With normalised coordinates all do.
 */

export const coordinateKinds = ["raw", "normalised"] as const;
export type CoordinateKind = (typeof coordinateKinds)[number];

const f = Math.fround;

/** The index-th of `count` evenly spaced values from -1 to 1; 0 for a single one. */
function normalise(index: number, count: number): number {
  return count === 1 ? 0 : f(f(f(2 * index) / (count - 1)) - 1);
}

/** x, y, d and bias of all pixels, row by row. */
export function coordinateInputs(width: number, height: number, coordinates: CoordinateKind): readonly Float32Array[] {
  const [x, y, d, bias] = Array.from({ length: 4 }, () => new Float32Array(width * height)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  let pixel = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++, pixel++) {
      const nx = normalise(column, width);
      const ny = normalise(row, height);
      x[pixel] = coordinates === "raw" ? column : nx;
      y[pixel] = coordinates === "raw" ? row : ny;
      d[pixel] = f(Math.sqrt(f(f(nx * nx) + f(ny * ny))));
      bias[pixel] = 1;
    }
  return [x, y, d, bias];
}
