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
import { describeDevice, describePlace } from "./sessionList.ts";
import { sessionsFile } from "./sessionsFile.ts";
import type { Sessions } from "./useSessions.ts";

export function SessionTable({ sessions }: { sessions: Sessions }) {
  const { open, error, reload, end, endOthers } = sessions;
  const [ending, setEnding] = useState<string | null>(null);
  const run = async (name: string, work: () => Promise<string | null>, done: string) => {
    setEnding(name);
    const problem = await work();
    setEnding(null);
    if (problem === null) toast.success(done);
    else toast.error(problem);
  };
  const others = (open?.sessions.length ?? 0) - 1;
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
      {open === undefined ? (
        error === undefined ? (
          <SkeletonLines count={2} />
        ) : (
          <RequestError message={error} onRetry={reload} />
        )
      ) : (
        <>
          <WholeListTools name="sessions" rows={open.sessions} columns={sessionsFile} query={null} />
          <div className={styles.table}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Device</th>
                  <th scope="col">Address</th>
                  <th scope="col">Last use</th>
                  <th scope="col">
                    <span className="visuallyHidden">Sign out</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {open.sessions.map(({ id, token, userAgent, ipAddress, createdAt, updatedAt }) => (
                  <tr key={id}>
                    <td title={userAgent ?? undefined}>{describeDevice(userAgent)}</td>
                    <td className="second" title={`Signed in ${new Date(createdAt).toLocaleString("en-GB")}`}>
                      {describePlace(ipAddress)}
                    </td>
                    <td className="second">
                      {token === open.currentToken ? (
                        <span className={styles.now}>
                          <LiveDot off={false} />
                          this session
                        </span>
                      ) : (
                        <RelativeTime time={updatedAt} />
                      )}
                    </td>
                    <td className="right">
                      {token === open.currentToken ? null : (
                        <Button
                          look="quiet"
                          disabled={ending !== null}
                          aria-label={`Sign out ${describeDevice(userAgent)}, ${describePlace(ipAddress)}`}
                          onClick={() => void run(token, () => end(token), `${describeDevice(userAgent)} is signed out.`)}
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
