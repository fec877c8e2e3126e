/** How the client copes with sockets that fall silent or break. */
import { createClient } from "@pareidolia/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

type Listener = (event: object) => void;

/** A socket whose server is the test. */
class FakeSocket {
  static opened: FakeSocket[] = [];
  readonly sent: { readonly id?: string; readonly type: string }[] = [];
  readonly listeners = new Map<string, Listener>();
  isOpen = false;

  constructor(readonly url: string) {
    FakeSocket.opened.push(this);
  }
  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, listener);
  }
  send(text: string): void {
    if (!this.isOpen) throw new Error("The socket is still connecting.");
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.isOpen = false;
  }
  open(): void {
    this.isOpen = true;
    this.listeners.get("open")?.({});
  }
  say(message: object): void {
    this.listeners.get("message")?.({ data: JSON.stringify(message) });
  }
  breakOff(code = 1006): void {
    this.listeners.get("close")?.({ code, reason: "" });
  }
}

beforeEach(() => {
  FakeSocket.opened = [];
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => void vi.useRealTimers());

const open = (retries = 0) => createClient({ url: "https://lab.example", webSocket: FakeSocket as never, retries });
const changes = "subscription { workspaceChanges { everything } }";
const next = (everything: boolean, id = "1") => ({ id, type: "next", payload: { data: { workspaceChanges: { everything } } } });
/** Lets promises settle. */
const settle = () => vi.advanceTimersByTimeAsync(0);

it("connects by wss, and starts the subscription once the server has accepted the client", async () => {
  const events = open().subscribe(changes);
  const first = events.next();
  await settle();
  const [socket] = FakeSocket.opened;
  expect(socket?.url).toBe("wss://lab.example/graphql");
  socket?.open();
  await settle();
  expect(socket?.sent.map(({ type }) => type)).toEqual(["connection_init"]);
  socket?.say({ type: "connection_ack" });
  await settle();
  expect(socket?.sent.at(-1)).toMatchObject({ id: "1", type: "subscribe", payload: { query: changes } });
  socket?.say(next(true));
  expect((await first).value).toEqual({ workspaceChanges: { everything: true } });
  await events.return();
  expect(socket?.sent.at(-1)).toEqual({ id: "1", type: "complete" });
});

it.each([
  ["a server that never accepts the connection", (_socket: FakeSocket) => undefined],
  ["a server that never accepts the client", (socket: FakeSocket) => socket.open()],
])("gives up %s after a minute", async (_name, start) => {
  const first = open().subscribe(changes).next();
  const failed = first.catch((error: unknown) => error);
  await settle();
  for (const socket of FakeSocket.opened) start(socket);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await failed).toMatchObject({ code: "NETWORK" });
});

it("a subscription that starts after the socket broke opens another", async () => {
  const client = open();
  const slow = client.subscribe(changes);
  const first = slow.next();
  await settle();
  const [broken] = FakeSocket.opened;
  broken?.open();
  broken?.say({ type: "connection_ack" });
  await settle();
  broken?.say(next(true));
  await first;
  broken?.breakOff();
  void client.subscribe(changes).next();
  await settle();
  expect(FakeSocket.opened).toHaveLength(2);
  await expect(slow.next()).rejects.toMatchObject({ code: "NETWORK" });
});

it("does not connect again after the API has ended the client's access", async () => {
  const first = open(4).subscribe(changes).next();
  const failed = first.catch((error: unknown) => error);
  await settle();
  FakeSocket.opened[0]?.open();
  FakeSocket.opened[0]?.breakOff(4403);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await failed).toMatchObject({ code: "FORBIDDEN" });
  expect(FakeSocket.opened).toHaveLength(1);
});
