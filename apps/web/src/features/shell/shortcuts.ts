/** All keyboard shortcuts, for the dialog behind "?". A page that adds a shortcut lists it here. */
export interface ShortcutGroup {
  readonly scope: string;
  /** The key "mod" is Command on Apple's systems, Ctrl on all others. */
  readonly keys: readonly (readonly [keys: readonly string[], action: string])[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    scope: "Everywhere",
    keys: [
      [["mod", "K"], "search or jump; also /"],
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
      [["mod", "↵"], "save notes or a comment; Esc leaves the editor and keeps the draft"],
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
  { scope: "On a new run", keys: [[["mod", "↵"], "start"]] },
  {
    scope: "In a norming room",
    keys: [
      [["0", "…", "9"], "vote for a class: the digit itself, or the number beside the class"],
      [["Space"], "vote for nothing you recognise"],
      [["U"], "take your vote back, until the votes are shown"],
      [["J"], "next image"],
      [["K"], "previous image"],
      [["mod", "↵"], "send a comment"],
    ],
  },
  {
    scope: "On the coding of texts",
    keys: [
      [["1", "…", "5"], "take the suggested label"],
      [["N"], "none of the labels"],
      [["X"], "can’t be coded"],
      [["U"], "take your last code back"],
    ],
  },
  { scope: "On experiments", keys: [[["/"], "filter"]] },
  {
    scope: "On a list of runs",
    keys: [
      [["X"], "select the row; Shift+X a range"],
      [["mod", "A"], "select all loaded runs"],
      [["T"], "tag the selected runs"],
      [["R"], "rerun them"],
      [["M"], "move them"],
      [["A"], "archive them"],
      [["Esc"], "clear the selection"],
      [["mod", "Z"], "undo the last change, while its message is shown"],
    ],
  },
  {
    scope: "On studies",
    keys: [
      [["/"], "filter"],
      [["mod", "Z"], "on a draft: undo the last change"],
      [["mod", "↵"], "on a draft: lock and open"],
      [["P"], "on an opened study: pause or resume"],
    ],
  },
  {
    scope: "On settings",
    keys: [
      [["I"], "on Members: invite"],
      [["mod", "Z"], "undo the last change, while its message is shown"],
    ],
  },
];
