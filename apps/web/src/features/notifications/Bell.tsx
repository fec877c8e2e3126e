"use client";
/** The bell in the top bar: the number of unread notifications, and the latest ones behind it. */
import { useEffect, useId, useRef, useState } from "react";
import { usePathname } from "../addresses/navigation.ts";
import floatStyles from "../marks/Float.module.css";
import { Link } from "../marks/Link.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./Bell.module.css";
import { NotificationEntries } from "./NotificationEntries.tsx";
import listStyles from "./Notifications.module.css";
import { useUnreadCount } from "./notificationFeed.ts";
import { useMarks, useNotifications } from "./useNotifications.ts";

const maxShown = 8;
const maxCounted = 99;

/** Escape and a click elsewhere close the panel, and so does a navigation. */
function usePanel() {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation closes the panel
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [open]);
  return { open, setOpen, root, button };
}

export function Bell() {
  const { open, setOpen, root, button } = usePanel();
  const panelId = useId();
  const unread = useUnreadCount();
  const { data } = useNotifications(null, open);
  const { set, setAll } = useMarks();
  const nodes = data?.notifications.nodes ?? [];
  const count = unread > maxCounted ? `${maxCounted}+` : String(unread);
  return (
    <div ref={root} className={styles.bell}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        aria-label={unread === 0 ? "Notifications" : `Notifications, ${count} unread`}
        onClick={() => setOpen(!open)}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.3" aria-hidden="true">
          <path d="M3 11.5h10c-1-1-1.4-2-1.4-4.2C11.6 4.8 10.2 3 8 3S4.4 4.8 4.4 7.3C4.4 9.5 4 10.5 3 11.5ZM6.7 13.5h2.6" />
        </svg>
        {unread === 0 ? null : <span className={styles.count}>{count}</span>}
      </button>
      {open ? (
        <section id={panelId} aria-label="Latest notifications" className={`${styles.panel} ${floatStyles.float}`}>
          <header className={styles.head}>
            <h2 className="t15">Notifications</h2>
            <button type="button" className={listStyles.mark} disabled={unread === 0} onClick={() => void setAll(nodes[0])}>
              Mark all read
            </button>
          </header>
          {data === undefined ? (
            <SkeletonLines count={3} />
          ) : nodes.length === 0 ? (
            <p className={`${styles.empty} muted`}>Nothing yet. You hear here of the runs, sweeps and studies that you start or follow.</p>
          ) : (
            <ul className={`${listStyles.list} ${listStyles.latest}`}>
              <NotificationEntries
                notifications={nodes}
                mayContinue={data.notifications.pageInfo.hasNextPage}
                most={maxShown}
                onMark={(...marks) => void set(...marks)}
              />
            </ul>
          )}
          <footer className={styles.foot}>
            <Link href="/notifications">All notifications</Link>
            <Link href="/settings/notifications">Choose what you get</Link>
          </footer>
        </section>
      ) : null}
    </div>
  );
}
