/** The frame of the pages for visitors: the mark and the way in above, the theme below. */
import type { ReactNode } from "react";
import { ThemeChoice } from "../entrance/ThemeChoice.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { Logo } from "../shell/Logo.tsx";
import styles from "./Public.module.css";

export function PublicFrame({ isSignedIn, children }: { readonly isSignedIn: boolean; readonly children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <Link className={styles.mark} href="/public">
          <Logo />
          Pareidolia
        </Link>
        <nav className={styles.links} aria-label="Main">
          <Link href="/public" className={`second ${styles.listLink}`}>
            Public experiments
          </Link>
          {isSignedIn ? <ButtonLink href="/">Your workspace</ButtonLink> : <ButtonLink href="/sign-in">Sign in</ButtonLink>}
        </nav>
      </header>
      <main className={styles.main}>{children}</main>
      <footer className={`${styles.foot} t12 muted`}>
        <span>Visitors see what an owner shared: images, numbers and settings. Members and other experiments stay private.</span>
        <ThemeChoice />
      </footer>
    </div>
  );
}
