"use client";
import { usePathname } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { toast } from "sonner";
import { Avatar } from "../marks/Avatar.tsx";
import floatStyles from "../marks/Float.module.css";
/** The signed-in user at the foot of the rail, or on a phone in the top bar, with a menu: profile and sign-out. */
import { Link } from "../marks/Link.tsx";
import type { Account } from "../session/account.ts";
import { useSignOut } from "../session/useSignOut.ts";
import styles from "./AccountMenu.module.css";

interface AccountMenuProps {
  readonly account: Account;
  readonly place: "rail" | "topBar";
}

export function AccountMenu({ account, place }: AccountMenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  const pathname = usePathname();
  const { busy, signOut } = useSignOut();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation closes the menu
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const items = () => Array.from(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []);
    items()[0]?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const all = items();
      const at = all.indexOf(document.activeElement as HTMLElement);
      if (event.key === "Escape") {
        setOpen(false);
        button.current?.focus();
      } else if (event.key === "Tab") setOpen(false);
      else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
      else if (event.key === "ArrowUp") all.at(at - 1)?.focus();
      else return;
      if (event.key !== "Tab") event.preventDefault();
    };
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [open]);
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
              onClick={() => void signOut().then((problem) => (problem === null ? undefined : toast.error(problem)))}
            >
              {busy ? "Signing out" : "Sign out"}
            </button>
          </div>
        </div>
      ) : null}
    </div>
  );
}
