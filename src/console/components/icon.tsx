const PATHS = {
  overview: "M3 12h4l3 7 4-14 3 7h4",
  services: "M4 5h16v5H4zM4 14h16v5H4zM7.5 7.5h.01M7.5 16.5h.01",
  flows: "M4 6h5v4H4zM15 14h5v4h-5zM9 8h4v8h2",
  trace: "M4 6h16M4 12h11M4 18h13",
  faults: "M12 4 2.5 20h19zM12 10v5M12 17.5v.01",
} as const;

/** A small picture beside a word. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
