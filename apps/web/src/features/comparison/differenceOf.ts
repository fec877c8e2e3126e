/** Half the difference around grey, so that every difference has a place in 0 to 255. */
export function differenceOf(pixels: Uint8ClampedArray, base: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const difference = new Uint8ClampedArray(pixels.length);
  for (let i = 0; i < pixels.length; i++)
    difference[i] = i % 4 === 3 ? 255 : 128 + Math.round(((pixels[i] as number) - (base[i] as number)) / 2);
  return difference;
}
