/** Such as `<0.1ms`, `2.5ms`, `340ms` or `1.2s`. */
export function durationOf(milliseconds: number): string {
  if (milliseconds >= 1_000) {
    return `${(milliseconds / 1_000).toFixed(1)}s`;
  }
  if (milliseconds >= 10) {
    return `${Math.round(milliseconds)}ms`;
  }
  return milliseconds < 0.1 && milliseconds > 0 ? "<0.1ms" : `${Math.round(milliseconds * 10) / 10}ms`;
}
