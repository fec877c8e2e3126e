/** Whole-number enlargements: powers of two, and the largest that fits. An image is never shown at a broken scale. */
export function zoomChoices(imageWidth: number, room: number): number[] {
  const largest = Math.max(1, Math.floor(room / imageWidth));
  const choices: number[] = [];
  for (let zoom = 1; zoom < largest; zoom *= 2) choices.push(zoom);
  return [...choices, largest];
}

/** The choice nearest below what was asked, or the largest when nothing sensible was. */
export function chooseZoom(asked: number | null, choices: readonly number[]): number {
  const largest = choices.at(-1) as number;
  if (asked === null || asked < 1) return largest;
  return choices.filter((choice) => choice <= asked).at(-1) ?? 1;
}
