"use client";
/** The shell around every page: rail, top bar, command palette and shortcuts. On a phone, the rail is at the bottom. */
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import { PageQueriesContext } from "../../graphql/client/pageQueries.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { Palette } from "../palette/Palette.tsx";
import { QueryAccessContext } from "../queries/queryAccess.ts";
import { usePageQueriesDialog } from "../queries/usePageQueriesDialog.tsx";
import type { Account } from "../session/account.ts";
import { ConnectionNote } from "./ConnectionNote.tsx";
import { PathProvider } from "./PagePath.tsx";
import { Rail } from "./Rail.tsx";
import styles from "./Shell.module.css";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { TopBar } from "./TopBar.tsx";
import { useSameViewer } from "./useSameViewer.ts";
import { useShellData } from "./useShellData.ts";

/** `account` is null in single-user mode. */
export function Shell({ account: loadedAccount, children }: { account: Account | null; children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const { data, answered } = useShellData();
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
    enabled: !pathname.startsWith("/experiments") && !pathname.startsWith("/studies") && pathname !== "/new",
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
