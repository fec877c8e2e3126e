/** What was tried: what came out, and what it is held to. */
export interface Row {
  readonly name: string;
  readonly figure: string;
  readonly bar: string;
  readonly holds: boolean;
}
