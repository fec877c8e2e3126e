/** Every key of the product, for the sheet behind "?". A page that binds a key lists it here. */
export interface ShortcutGroup {
  readonly where: string;
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    where: "Everywhere",
    keys: [
      [["⌘", "K"], "search or jump; / does the same"],
      [["?"], "this sheet"],
      [["G", "H"], "home"],
      [["G", "E"], "experiments"],
      [["G", "G"], "gallery"],
      [["G", "M"], "models"],
      [["G", "R"], "reports"],
      [["G", "W"], "workers"],
      [["N"], "new run; on Experiments, new experiment"],
    ],
  },
  {
    where: "On a run",
    keys: [
      [["P"], "pause or resume"],
      [["X"], "cancel, asks once"],
      [["Space"], "play the generations"],
      [["←", "→"], "one generation back, forward"],
      [["L"], "back to live"],
      [["E"], "export the film"],
      [["/"], "on a large archive: jump to a class or a group"],
    ],
  },
  { where: "On a new run", keys: [[["⌘", "↵"], "start"]] },
  { where: "On experiments", keys: [[["/"], "filter"]] },
];
