/** What the press tells the program that started it, beside the MSB. */
export interface PressReport {
  /** How many measurements have got a number, and are in its store, or were. */
  readonly published: number;
  /** How many events its client keeps: those measurements that it does not know to have arrived, and some of them twice after a crash. */
  readonly kept: number;
}
