"use client";
/** Short messages in a corner of the page, with undo, and questions about conflicting changes. Voters' pages have none, since these texts are in English. */
import { Toaster } from "sonner";
import { ConflictDialog } from "../conflicts/ConflictDialog.tsx";
import { UndoShortcut } from "../marks/useUndo.tsx";
import styles from "./PageToasts.module.css";
import { UpdateToast } from "./UpdateToast.tsx";

export function PageToasts() {
  return (
    <>
      <UpdateToast />
      <UndoShortcut />
      <ConflictDialog />
      <Toaster position="bottom-right" toastOptions={{ className: styles.toast ?? "" }} />
    </>
  );
}
