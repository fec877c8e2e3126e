/** How much an image is enlarged to fit a square: by a whole number, or, where it is larger than the square, below 1. */
export function imageZoom({ width, height }: { readonly width: number; readonly height: number }, side: number): number {
  const longer = Math.max(width, height);
  return longer > side ? side / longer : Math.floor(side / longer);
}
