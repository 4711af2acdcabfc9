/** For the browser's console: nothing in it helps an operator. */
export function forDevelopers(error: unknown): void {
  console.info(error);
}
