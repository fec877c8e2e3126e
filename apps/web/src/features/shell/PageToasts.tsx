"use client";
/** Short messages in a corner of the page, with undo. Voters' pages have none, since these texts are in English. */
import { Toaster } from "sonner";
import { UndoShortcut } from "../marks/useUndo.tsx";
import styles from "./PageToasts.module.css";
import { UpdateToast } from "./UpdateToast.tsx";

export function PageToasts() {
  return (
    <>
      <UpdateToast />
      <UndoShortcut />
      <Toaster position="bottom-right" toastOptions={{ className: styles.toast ?? "" }} />
    </>
  );
}
