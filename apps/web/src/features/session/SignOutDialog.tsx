"use client";
/** Asks at sign-out whether this browser keeps the user's unsent texts: others may use the computer. */
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";

interface SignOutDialogProps {
  /** How many there are; null closes the dialog. */
  readonly unsent: number | null;
  readonly busy: boolean;
  onClose(): void;
  onSignOut(deletesUnsent: boolean): void;
}

export function SignOutDialog({ unsent, busy, onClose, onSignOut }: SignOutDialogProps) {
  return (
    <Dialog title="Keep your unsent texts?" open={unsent !== null} onClose={onClose}>
      <p className="second">
        {unsent === 1 ? "One text is not sent yet." : `${unsent} texts are not sent yet.`} If this browser keeps them, they are there again
        when you sign in here. On a computer that others use, delete them.
      </p>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Stay signed in</Button>
        <Button disabled={busy} onClick={() => onSignOut(true)}>
          Delete them and sign out
        </Button>
        <Button look="primary" disabled={busy} onClick={() => onSignOut(false)}>
          Keep them and sign out
        </Button>
      </div>
    </Dialog>
  );
}
