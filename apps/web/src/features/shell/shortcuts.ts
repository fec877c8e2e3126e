/** All keyboard shortcuts, for the dialog behind "?". A page that adds a shortcut lists it here. */
export interface ShortcutGroup {
  readonly scope: string;
  readonly keys: readonly (readonly [keys: readonly string[], action: string])[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    scope: "Everywhere",
    keys: [
      [["⌘", "K"], "search or jump; also /"],
      [["?"], "this dialog"],
      [["Q"], "this page’s queries, for programs"],
      [["G", "H"], "home"],
      [["G", "E"], "experiments"],
      [["G", "G"], "gallery"],
      [["G", "T"], "studies"],
      [["G", "M"], "models"],
      [["G", "R"], "reports"],
      [["G", "W"], "workers"],
      [["G", "D"], "trash"],
      [["G", "S"], "settings"],
      [["N"], "new run; on Experiments, new experiment; on Studies, new study"],
    ],
  },
  {
    scope: "On a run",
    keys: [
      [["P"], "pause or resume"],
      [["X"], "cancel, after a confirmation"],
      [["Space"], "play the generations"],
      [["←", "→"], "previous or next generation"],
      [["L"], "back to live"],
      [["E"], "export the film"],
      [["T"], "edit the tags"],
      [["⌘", "↵"], "save notes or a comment; Esc leaves the editor and keeps the draft"],
      [["/"], "on a large archive: jump to a class or group"],
    ],
  },
  {
    scope: "On the table of runs",
    keys: [
      [["/"], "the search field; ↑ and ↓ recall earlier searches, Tab takes a suggestion"],
      [["J"], "next row; K: previous row"],
      [["X"], "select the row"],
      [["↵"], "open the run or group"],
    ],
  },
  { scope: "On a new run", keys: [[["⌘", "↵"], "start"]] },
  {
    scope: "In a norming room",
    keys: [
      [["1", "…", "9"], "vote for a class"],
      [["0"], "vote for nothing you recognise"],
      [["J"], "next image"],
      [["K"], "previous image"],
      [["⌘", "↵"], "send a comment"],
    ],
  },
  { scope: "On experiments", keys: [[["/"], "filter"]] },
  {
    scope: "On a list of runs",
    keys: [
      [["X"], "select the row; Shift+X a range"],
      [["⌘", "A"], "select all loaded runs"],
      [["T"], "tag the selected runs"],
      [["R"], "rerun them"],
      [["M"], "move them"],
      [["A"], "archive them"],
      [["Esc"], "clear the selection"],
      [["⌘", "Z"], "undo the last change, while its message is shown"],
    ],
  },
  {
    scope: "On studies",
    keys: [
      [["/"], "filter"],
      [["⌘", "Z"], "on a draft: undo the last change"],
      [["⌘", "↵"], "on a draft: lock and open"],
      [["P"], "on an opened study: pause or resume"],
    ],
  },
  {
    scope: "On settings",
    keys: [
      [["I"], "on Members: invite"],
      [["⌘", "Z"], "undo the last change, while its message is shown"],
    ],
  },
];
