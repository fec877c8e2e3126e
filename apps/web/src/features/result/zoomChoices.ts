/** The zoom factors to choose from: powers of two, and the largest whole number that fits. Fractions would blur pixels. */
export function zoomChoices(imageWidth: number, availableWidth: number): number[] {
  const largest = Math.max(1, Math.floor(availableWidth / imageWidth));
  const choices: number[] = [];
  for (let zoom = 1; zoom < largest; zoom *= 2) choices.push(zoom);
  return [...choices, largest];
}

/** The largest choice up to the requested zoom, or the largest choice without a valid request. */
export function chooseZoom(requested: number | null, choices: readonly number[]): number {
  const largest = choices.at(-1) as number;
  if (requested === null || requested < 1) return largest;
  return choices.filter((choice) => choice <= requested).at(-1) ?? 1;
}
