/** Something of a data format that zod cannot say in the same words. */
export class Unsayable extends Error {
  override readonly name = "Unsayable";
  /** Where in the data format. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}
