"use client";
/** The shell around every page: rail, top bar, command palette and shortcuts. On a phone, the rail is at the bottom. */
import { type ReactNode, useMemo, useState } from "react";
import { PageQueriesContext } from "../../graphql/client/pageQueries.tsx";
import { usePathname, useRouter } from "../addresses/navigation.ts";
import { DraftOwnerContext } from "../drafts/DraftOwnerContext.ts";
import { useChangeStart } from "../live/useChangeStart.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { Palette } from "../palette/Palette.tsx";
import { PermissionsProvider } from "../permissions/PermissionsProvider.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { QueryAccessContext } from "../queries/queryAccess.ts";
import { usePageQueriesDialog } from "../queries/usePageQueriesDialog.tsx";
import type { Account } from "../session/account.ts";
import type { PageStart } from "../session/pageStart.ts";
import { ConnectionNote } from "./ConnectionNote.tsx";
import { PathProvider } from "./PagePath.tsx";
import { Rail } from "./Rail.tsx";
import styles from "./Shell.module.css";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { TopBar } from "./TopBar.tsx";
import { useSameViewer } from "./useSameViewer.ts";
import { type ShellData, useShellData } from "./useShellData.ts";

interface ShellProps {
  /** Null in single-user mode. */
  readonly account: Account | null;
  /** Null if the page's server could not read it. */
  readonly start: PageStart | null;
  readonly children: ReactNode;
}

export function Shell({ start, ...props }: ShellProps) {
  useChangeStart(start?.changeSeq ?? null);
  const shell = useShellData();
  const viewer = start ?? shell.data?.viewer;
  const userId = viewer?.user.id;
  const workspaceId = viewer?.workspace.id;
  const owner = useMemo(() => (userId === undefined || workspaceId === undefined ? null : { userId, workspaceId }), [userId, workspaceId]);
  return (
    <PermissionsProvider start={start} role={shell.data?.viewer.role}>
      <DraftOwnerContext value={owner}>
        <ShellFrame {...props} shell={shell} />
      </DraftOwnerContext>
    </PermissionsProvider>
  );
}

type ShellFrameProps = Omit<ShellProps, "start"> & { readonly shell: ShellData };

function ShellFrame({ account: loadedAccount, children, shell: { data, answered } }: ShellFrameProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const { may } = usePermissions();
  useSameViewer(data);
  const account = loadedAccount && { ...loadedAccount, name: data?.viewer.user.name ?? loadedAccount.name };
  const pageQueries = usePageQueriesDialog();
  const needsKey = account !== null;
  const access = useMemo(() => ({ needsKey, headers: {} }), [needsKey]);
  useShortcut("mod+k", () => setPaletteOpen(true), { preventDefault: true, enableOnFormTags: true });
  useShortcut("/", () => setPaletteOpen(true), {
    preventDefault: true,
    useKey: true,
    enabled: pathname !== "/experiments",
    // Pages with their own search mark its field with data-slash.
    ignoreEventWhen: () => document.querySelector("[data-slash]") !== null,
  });
  useShortcut("?", () => setShortcutsOpen(true), { useKey: true });
  useShortcut("q", pageQueries.show);
  useShortcut("n", () => router.push("/new"), {
    enabled: may("startEvolution") && !pathname.startsWith("/experiments") && !pathname.startsWith("/studies") && pathname !== "/new",
  });
  useShortcut("g>h", () => router.push("/"));
  useShortcut("g>e", () => router.push("/experiments"));
  useShortcut("g>g", () => router.push("/gallery"));
  useShortcut("g>t", () => router.push("/studies"));
  useShortcut("g>m", () => router.push("/models"));
  useShortcut("g>r", () => router.push("/reports"));
  useShortcut("g>w", () => router.push("/workers"));
  useShortcut("g>d", () => router.push("/trash"));
  useShortcut("g>s", () => router.push("/settings"));
  return (
    <QueryAccessContext value={access}>
      <PathProvider>
        <a className={styles.skipLink} href="#content">
          Skip to content
        </a>
        <div className={styles.shell}>
          <Rail data={data} account={account} onShortcuts={() => setShortcutsOpen(true)} />
          <div className={styles.shellMain}>
            <TopBar
              account={account}
              workspaceName={data?.viewer.workspace.name}
              onSearch={() => setPaletteOpen(true)}
              onQueries={pageQueries.show}
            />
            <ConnectionNote answered={answered} />
            <main id="content" className={styles.content} tabIndex={-1}>
              <PageQueriesContext value={pageQueries.queries}>{children}</PageQueriesContext>
            </main>
          </div>
        </div>
        <Palette open={paletteOpen} onClose={() => setPaletteOpen(false)} onQueries={pageQueries.show} />
        {pageQueries.dialog}
        <ShortcutSheet open={shortcutsOpen} onClose={() => setShortcutsOpen(false)} />
      </PathProvider>
    </QueryAccessContext>
  );
}
