"use client";
/** The table of the user's sessions, each with a button that ends it. */
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { LiveDot } from "../marks/LiveDot.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import styles from "./Profile.module.css";
import { describeDevice, describePlace, describeSignIn } from "./sessionList.ts";
import { sessionsFile, sessionsQuery } from "./sessionsFile.ts";
import type { Sessions } from "./useSessions.ts";

export function SessionTable({ sessions: { sessions, error, reload, end, endOthers } }: { sessions: Sessions }) {
  const [ending, setEnding] = useState<string | null>(null);
  const run = async (name: string, work: () => Promise<string | null>, done: string) => {
    setEnding(name);
    const problem = await work();
    setEnding(null);
    if (problem === null) toast.success(done);
    else toast.error(problem);
  };
  const others = (sessions?.length ?? 0) - 1;
  return (
    <section aria-labelledby="sessions">
      <div className="sectionHead">
        <h2 id="sessions">Sessions</h2>
        {others > 0 ? (
          <Button
            look="quiet"
            disabled={ending !== null}
            onClick={() =>
              void run("others", endOthers, others === 1 ? "The other session is signed out." : "The other sessions are signed out.")
            }
          >
            Sign out all others
          </Button>
        ) : null}
      </div>
      {sessions === undefined ? (
        error === undefined ? (
          <SkeletonLines count={2} />
        ) : (
          <RequestError message={error} onRetry={reload} />
        )
      ) : (
        <>
          <WholeListTools name="sessions" rows={sessions} columns={sessionsFile} query={sessionsQuery} />
          <div className={styles.table}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Device</th>
                  <th scope="col">Address</th>
                  <th scope="col">Signed in</th>
                  <th scope="col">Last use</th>
                  <th scope="col">
                    <span className="visuallyHidden">Sign out</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {sessions.map((session) => (
                  <tr key={session.id}>
                    <td title={session.userAgent ?? undefined}>{describeDevice(session)}</td>
                    <td className="second">{describePlace(session)}</td>
                    <td className="second">
                      <span className={styles.signedIn}>signed in </span>
                      <time dateTime={session.createdAt} suppressHydrationWarning>
                        {describeSignIn(session)}
                      </time>
                    </td>
                    <td className="second">
                      {session.isCurrent ? (
                        <span className={styles.now}>
                          <LiveDot off={false} />
                          this session
                        </span>
                      ) : (
                        <>
                          <span className={styles.signedIn}>last use </span>
                          <RelativeTime time={session.lastUsedAt} />
                        </>
                      )}
                    </td>
                    <td className="right">
                      {session.isCurrent ? null : (
                        <Button
                          look="quiet"
                          disabled={ending !== null}
                          aria-label={`Sign out ${describeDevice(session)}, ${describePlace(session)}, signed in ${describeSignIn(session)}`}
                          onClick={() => void run(session.id, () => end(session.id), `${describeDevice(session)} is signed out.`)}
                        >
                          Sign out
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
