"use client";
/** The signed-in user at the foot of the rail, or on a phone in the top bar, with a menu: profile and sign-out. */
import { useId, useState } from "react";
import { toast } from "sonner";
import { Avatar } from "../marks/Avatar.tsx";
import floatStyles from "../marks/Float.module.css";
import { Link } from "../marks/Link.tsx";
import type { Account } from "../session/account.ts";
import { SignOutDialog } from "../session/SignOutDialog.tsx";
import { useSignOut } from "../session/useSignOut.ts";
import styles from "./AccountMenu.module.css";
import { useMenu } from "./useMenu.ts";

interface AccountMenuProps {
  readonly account: Account;
  readonly place: "rail" | "topBar";
}

export function AccountMenu({ account, place }: AccountMenuProps) {
  const { open, setOpen, root, button } = useMenu();
  const menuId = useId();
  const { busy, countUnsent, signOut } = useSignOut();
  /** Set while the dialog asks whether to keep unsent texts. */
  const [unsent, setUnsent] = useState<number | null>(null);
  const leave = async (deletesUnsent: boolean) => {
    const problem = await signOut({ deletesUnsent });
    if (problem !== null) toast.error(problem);
  };
  return (
    <div ref={root} className={`${styles.account} ${styles[place]}`}>
      <button
        ref={button}
        type="button"
        className={styles.accountButton}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={() => setOpen(!open)}
      >
        <Avatar name={account.name} />
        <span className={styles.accountName}>
          {account.name} <span className="visuallyHidden">account</span>
        </span>
      </button>
      {open ? (
        <div className={`${styles.menu} ${floatStyles.float}`}>
          <p className={`${styles.menuAddress} t12 muted`}>{account.email}</p>
          <div id={menuId} role="menu" aria-label="Account">
            <Link role="menuitem" tabIndex={-1} className={styles.menuItem} href="/profile">
              Profile
            </Link>
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={styles.menuItem}
              disabled={busy}
              onClick={() => {
                const count = countUnsent();
                if (count === 0) return void leave(false);
                setOpen(false);
                setUnsent(count);
              }}
            >
              {busy ? "Signing out" : "Sign out"}
            </button>
          </div>
        </div>
      ) : null}
      <SignOutDialog unsent={unsent} busy={busy} onClose={() => setUnsent(null)} onSignOut={(deletesUnsent) => void leave(deletesUnsent)} />
    </div>
  );
}
