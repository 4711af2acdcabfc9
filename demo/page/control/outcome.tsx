import type { Request } from "../data/requests.ts";

/** Empty space when there is nothing to say, so that nothing jumps. */
export function Outcome({ request }: { readonly request: Request | undefined }) {
  return (
    <p class="outcome" data-state={request?.state ?? "none"} role="status">
      {request?.text}
    </p>
  );
}
