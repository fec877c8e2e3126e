"use client";
/** How far each coder is, under pseudonyms, and the button that compares the codes. */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import type { LoadedCoding } from "./codeWords.ts";
import styles from "./TextCoding.module.css";
import type { CodingActions } from "./useCodingActions.ts";

export function Coders({ coding, actions }: { readonly coding: LoadedCoding; readonly actions: CodingActions }) {
  const [isAsking, setAsking] = useState(false);
  const { coders, mayReveal, textCount, revealedCount } = coding;
  const waiting = textCount - revealedCount;
  const unfinished = coders.filter(({ coded }) => coded > 0 && coded < waiting).length;
  return (
    <section aria-labelledby="coders">
      <div className="sectionHead">
        <h2 id="coders">Coders</h2>
        <Button look="primary" needs="revealTextCodes" disabled={!mayReveal || actions.isBusy} onClick={() => setAsking(true)}>
          Compare codes
        </Button>
      </div>
      {coders.length === 0 ? <p className="second">No one has coded a text yet. The first code makes you a coder.</p> : null}
      <ul className={styles.coders}>
        {coders.map(({ coder, isOwn, coded }) => (
          <li key={coder}>
            <span className="n12">{coder}</span>
            <span className="t12 muted">{isOwn ? "you" : ""}</span>
            <ProgressTrack share={waiting === 0 ? 1 : coded / waiting} label={`Texts coded by ${coder}`} />
            <span className="n12">
              {coded} / {waiting}
            </span>
          </li>
        ))}
      </ul>
      <p className="t12 muted">
        Each coder sees only their own codes until two have coded all texts and one of them compares. Images, votes on single images and the
        machine’s labels are not shown here.
      </p>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Compare the codes of ${waiting} ${waiting === 1 ? "text" : "texts"}?`}
      >
        <p>
          All researchers then see all codes, and none of them can be changed or taken back.
          {unfinished === 0
            ? ""
            : ` ${unfinished} ${unfinished === 1 ? "coder has" : "coders have"} not coded all texts; their codes so far count, and they give no more.`}
        </p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setAsking(false)}>Keep coding</Button>
          <Button
            look="primary"
            onClick={() => {
              setAsking(false);
              void actions.reveal();
            }}
          >
            Compare codes
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
