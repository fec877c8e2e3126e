"use client";
/** The left rail: navigation with counts, and the state of the workers. */
import type { ShellQuery } from "../../graphql/generated/graphql.ts";
import { usePathname } from "../addresses/navigation.ts";
import { Link } from "../marks/Link.tsx";
import { LiveDot } from "../marks/LiveDot.tsx";
import { formatCount, formatRate } from "../marks/numbers.ts";
import type { Account } from "../session/account.ts";
import { totalSpeed } from "../workers/workerSpeed.ts";
import { WorkspaceMenu } from "../workspaces/WorkspaceMenu.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { isInside } from "./isInside.ts";
import { Logo } from "./Logo.tsx";
import { MoreMenu } from "./MoreMenu.tsx";
import styles from "./Rail.module.css";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

const destinations = [
  {
    href: "/experiments",
    label: "Experiments",
    roots: ["/experiments", "/runs", "/new", "/sweeps", "/compare", "/comparisons", "/import"],
    count: "experimentCount",
  },
  { href: "/gallery", label: "Gallery", roots: ["/gallery", "/elites", "/trajectories", "/perturbations"], count: "eliteCount" },
  { href: "/studies", label: "Studies", roots: ["/studies"], count: "studies" },
  { href: "/models", label: "Models", roots: ["/models", "/chains"], count: "modelCount" },
] as const;

const reports = { href: "/reports", label: "Reports", roots: ["/reports"] };
const workersPage = { href: "/workers", label: "Workers", roots: ["/workers"] };
const trash = { href: "/trash", label: "Trash", roots: ["/trash"] };
const settings = { href: "/settings", label: "Settings", roots: ["/settings"] };

interface RailProps {
  readonly data: ShellQuery | undefined;
  /** Null in single-user mode. */
  readonly account: Account | null;
  readonly onShortcuts: () => void;
}

export function Rail({ data, account, onShortcuts }: RailProps) {
  const pathname = usePathname();
  const workspace = data?.viewer.workspace;
  const workers = data?.workers ?? [];
  const alive = workers.filter((worker) => worker.alive);
  return (
    <aside className={styles.rail} aria-label="Pareidolia">
      <div className={styles.railInner}>
        <Link className={styles.railMark} href="/">
          <Logo />
          Pareidolia
        </Link>
        {account ? (
          <WorkspaceMenu name={workspace?.name} place="rail" />
        ) : (
          <Link className={styles.railWorkspace} href="/" aria-label={`Workspace ${workspace?.name ?? ""}, home`}>
            {workspace?.name ?? "\u00a0"}
          </Link>
        )}
        <nav className={styles.railNav} aria-label="Main">
          {destinations.map(({ href, label, roots, count }) => (
            <Link key={href} href={href} aria-current={isInside(pathname, roots) ? "page" : undefined}>
              {label}
              <span className="n12">
                {data === undefined ? "" : formatCount(count === "studies" ? data.studies.totalCount : data.viewer.workspace[count])}
              </span>
            </Link>
          ))}
          <Link className={styles.wide} href={reports.href} aria-current={isInside(pathname, reports.roots) ? "page" : undefined}>
            {reports.label}
          </Link>
          <Link
            className={`${styles.railWorkers} ${styles.wide}`}
            href={workersPage.href}
            aria-current={isInside(pathname, workersPage.roots) ? "page" : undefined}
          >
            <span className={styles.railWorkersLine}>
              <span>
                <LiveDot off={alive.length === 0} className={styles.liveDot} />
                {workersPage.label}
              </span>
              <span className="n12">{data ? `${alive.length} / ${workers.length}` : ""}</span>
            </span>
            <span className={`${styles.railWorkersSpeed} t12`}>
              <span className="n12">{data ? formatRate(totalSpeed(workers)) : "–"}</span> evaluations/s
            </span>
          </Link>
          <Link className={styles.wide} href={trash.href} aria-current={isInside(pathname, trash.roots) ? "page" : undefined}>
            {trash.label}
          </Link>
          <Link className={styles.wide} href={settings.href} aria-current={isInside(pathname, settings.roots) ? "page" : undefined}>
            {settings.label}
          </Link>
          <MoreMenu destinations={[reports, workersPage, trash, settings]} />
        </nav>
        <div className={styles.railFoot}>
          <ThemeSwitch place="rail" />
          <button type="button" className={styles.railShortcuts} onClick={onShortcuts}>
            Shortcuts<kbd aria-hidden="true">?</kbd>
          </button>
          {account ? <AccountMenu account={account} place="rail" /> : null}
        </div>
      </div>
    </aside>
  );
}
