"use client";
/** The page on which people vote: measures the screen, opens the visit and shows its screens. It has neither rail nor top bar. */
import { useEffect, useRef, useState } from "react";
import { addressOnPage } from "../addresses/pageAddress.ts";
import { adoptFragment, browserSurroundings } from "./browserSurroundings.ts";
import { createVotingClient } from "./graphqlVotingClient.ts";
import { measureRefreshRate, type RefreshRate } from "./measureRefreshRate.ts";
import type { StudyAddress } from "./studyAddress.ts";
import { VotingScreens } from "./VotingScreens.tsx";
import type { VoterScreen } from "./votingClient.ts";
import { VotingController } from "./votingController.ts";

function describe({ hz, steady }: RefreshRate): VoterScreen {
  return {
    refreshHz: hz,
    steady,
    width: window.innerWidth,
    height: window.innerHeight,
    pixelRatio: window.devicePixelRatio,
    touch: window.matchMedia("(pointer: coarse)").matches,
  };
}

export function VotingPage({ address }: { readonly address: StudyAddress }) {
  const isMember = "study" in address;
  const name = "study" in address ? address.study : address.link;
  const [controller, setController] = useState<VotingController | null>(null);
  const [refresh, setRefresh] = useState<RefreshRate | null>(null);
  const measured = useRef<Promise<RefreshRate> | null>(null);
  useEffect(() => {
    measured.current = measureRefreshRate();
    void measured.current.then(setRefresh);
  }, []);
  useEffect(() => {
    const place = addressOnPage(`/vote/${name}`)
      .slice(1)
      .replace(/^vote\//, "");
    adoptFragment(place);
    const made = new VotingController(browserSurroundings(place, createVotingClient(isMember ? { study: name } : { link: name })));
    setController(made);
    void made.open();
    window.addEventListener("online", made.reconnect);
    return () => {
      window.removeEventListener("online", made.reconnect);
      made.close();
    };
  }, [name, isMember]);
  if (controller === null) return null;
  return (
    <VotingScreens
      controller={controller}
      refresh={refresh}
      isMember={isMember}
      describeScreen={async () => describe(await (measured.current ?? measureRefreshRate()))}
    />
  );
}
