"use client";
/** The workspace at the top of the rail, or on a phone in the top bar, with a menu of the user's workspaces. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useId, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceSettingsDocument } from "../../graphql/generated/graphql.ts";
import { usePathname } from "../addresses/navigation.ts";
import { Dialog } from "../marks/Dialog.tsx";
import floatStyles from "../marks/Float.module.css";
import { Link } from "../marks/Link.tsx";
import { Skeleton } from "../marks/Skeleton.tsx";
import { useMenu } from "../shell/useMenu.ts";
import { NewWorkspaceForm } from "./NewWorkspaceForm.tsx";
import { sectionOf } from "./sectionOf.ts";
import styles from "./WorkspaceMenu.module.css";

interface WorkspaceMenuProps {
  /** Name of the current workspace; undefined while it loads. */
  readonly name: string | undefined;
  readonly place: "rail" | "topBar";
}

export function WorkspaceMenu({ name, place }: WorkspaceMenuProps) {
  const [wanted, setWanted] = useState(false);
  const [creating, setCreating] = useState(false);
  const { data, error, refetch } = useLiveQuery({ query: WorkspaceSettingsDocument, pause: !wanted });
  const { open, setOpen, root, button } = useMenu(data !== undefined || error !== undefined);
  const section = sectionOf(usePathname());
  const menuId = useId();
  const toggle = () => {
    if (wanted && !open) refetch();
    setWanted(true);
    setOpen(!open);
  };
  const present = data?.viewer.workspaces.filter(({ deletedAt }) => deletedAt == null);
  return (
    <div ref={root} className={`${styles.workspace} ${styles[place]}`}>
      <button
        ref={button}
        type="button"
        className={styles.current}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={toggle}
      >
        <span className={styles.name}>
          <span className="visuallyHidden">Workspace </span>
          {name ?? "\u00a0"}
        </span>
        <svg width="8" height="12" viewBox="0 0 8 12" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
          <path d="M1 4l3-3 3 3M1 8l3 3 3-3" />
        </svg>
      </button>
      {open ? (
        <div id={menuId} role="menu" aria-label="Workspaces" className={`${styles.menu} ${floatStyles.float}`}>
          {error === undefined ? null : (
            <p className="t12 muted" role="alert">
              Your other workspaces could not be loaded.
            </p>
          )}
          {present === undefined && error === undefined ? <Skeleton height={32} /> : null}
          {present?.map((workspace) => (
            <Link
              key={workspace.id}
              role="menuitemradio"
              aria-checked={workspace.isCurrent}
              tabIndex={-1}
              className={styles.item}
              href={workspaceAddress(workspace.slug, section)}
              onClick={() => setOpen(false)}
            >
              <span className={styles.name}>{workspace.name}</span>
              <span className="t12 muted">{workspace.role.toLowerCase()}</span>
            </Link>
          ))}
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`${styles.item} ${styles.new}`}
            onClick={() => {
              setOpen(false);
              setCreating(true);
            }}
          >
            New workspace
          </button>
        </div>
      ) : null}
      <Dialog title="New workspace" open={creating} onClose={() => setCreating(false)}>
        <NewWorkspaceForm onCancel={() => setCreating(false)} />
      </Dialog>
    </div>
  );
}
