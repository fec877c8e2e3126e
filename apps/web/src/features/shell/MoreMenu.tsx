"use client";
/** The last tab of the bar on a phone: a menu of the destinations that have no tab there, and the theme. */
import { useId } from "react";
import { usePathname } from "../addresses/navigation.ts";
import floatStyles from "../marks/Float.module.css";
import { Link } from "../marks/Link.tsx";
import { isInside } from "./isInside.ts";
import styles from "./MoreMenu.module.css";
import { ThemeSwitch } from "./ThemeSwitch.tsx";
import { useMenu } from "./useMenu.ts";

interface MoreMenuProps {
  readonly destinations: readonly { readonly href: string; readonly label: string; readonly roots: readonly string[] }[];
}

export function MoreMenu({ destinations }: MoreMenuProps) {
  const pathname = usePathname();
  const { open, setOpen, root, button } = useMenu();
  const menuId = useId();
  const here = destinations.find(({ roots }) => isInside(pathname, roots));
  return (
    <div ref={root} className={styles.more}>
      <button
        ref={button}
        type="button"
        className={`${styles.moreButton} ${here ? styles.current : ""}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={() => setOpen(!open)}
      >
        More
        {here ? <span className="visuallyHidden"> ({here.label})</span> : null}
      </button>
      {open ? (
        <div id={menuId} role="menu" aria-label="More" className={`${styles.menu} ${floatStyles.float}`}>
          {destinations.map(({ href, label, roots }) => (
            <Link
              key={href}
              role="menuitem"
              tabIndex={-1}
              className={styles.menuItem}
              href={href}
              aria-current={isInside(pathname, roots) ? "page" : undefined}
            >
              {label}
            </Link>
          ))}
          <ThemeSwitch place="menu" className={styles.menuItem} />
        </div>
      ) : null}
    </div>
  );
}
