/** The result of a check, and its bar. */
export interface Row {
  readonly name: string;
  readonly figure: string;
  readonly bar: string;
  readonly holds: boolean;
}
