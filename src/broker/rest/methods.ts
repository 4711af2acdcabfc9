import type { Hono } from "hono";

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;

/** The methods that there are handlers for at a path; what is for all methods, such as the guard, does not count. */
export function methodsOf(app: Hono, path: string): string[] {
  return METHODS.filter((method) => {
    const [handlers] = app.router.match(method, path);
    return handlers.some(([[, route]]) => route.method === method);
  });
}
