/** The zoom at which an image fits a square: a whole number, or below 1 if the image is larger than the square. */
export function imageZoom({ width, height }: { readonly width: number; readonly height: number }, side: number): number {
  const longer = Math.max(width, height);
  return longer > side ? side / longer : Math.floor(side / longer);
}
