import { describe, expect, it } from "vitest";
import { drawChart } from "../../bench/growth/chart.ts";
import { logScale } from "../../bench/growth/scale.ts";
import { replaceSection } from "../../bench/section.ts";

describe("a logarithmic axis", () => {
  it("has whole decades around its values", () => {
    const scale = logScale([3, 450]);
    expect(scale.ticks).toEqual([1, 10, 100, 1_000]);
    expect([scale.at(1), scale.at(1_000)]).toEqual([0, 1]);
    expect(scale.at(10)).toBeCloseTo(1 / 3);
  });

  it("ends at values that are powers of ten", () => {
    expect(logScale([1, 10, 10_000]).ticks).toEqual([1, 10, 100, 1_000, 10_000]);
    expect(logScale([1_000, 1_000_000]).ticks.map(Math.log10)).toEqual([3, 4, 5, 6]);
  });

  it("has two decades for values that are nearly the same, if that is asked for", () => {
    expect(logScale([500, 510], 2).ticks).toEqual([10, 100, 1_000]);
    expect(logScale([100], 2).ticks).toEqual([10, 100, 1_000]);
  });

  it("has no place for what is not above 0", () => {
    expect(logScale([0, -1, 20]).ticks).toEqual([10, 100]);
  });
});

describe("a picture", () => {
  const svg = drawChart({
    title: "Cost & <size>",
    counts: "events",
    unit: "µs",
    lines: [
      {
        title: "ours",
        points: [
          { size: 100, cost: 20 },
          { size: 1, cost: 10 },
        ],
      },
      { title: "bare", points: [{ size: 1, cost: 1 }] },
    ],
  });

  it("names what it shows, its axes and its lines", () => {
    for (const text of ["Cost &amp; &lt;size&gt;", "events", "ours", "bare", "10 µs", "100 µs"]) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svg).not.toContain("<size>");
  });

  it("joins the points of a line from left to right", () => {
    const [, points = ""] = /points="([^"]+)"/.exec(svg) ?? [];
    const places = points.split(" ").map((each) => each.split(",").map(Number));
    expect(places).toHaveLength(2);
    expect(places[0]?.[0]).toBeLessThan(places[1]?.[0] ?? 0);
    // Upwards is less.
    expect(places[0]?.[1]).toBeGreaterThan(places[1]?.[1] ?? 0);
  });

  it("has a mark for each point and each entry of the legend, of a shape of its own", () => {
    expect(svg.match(/<circle/g)).toHaveLength(3);
    expect(svg.match(/<rect (?!class="paper")/g)).toHaveLength(2);
  });

  it("has colours for pages that are dark", () => {
    expect(svg).toContain("prefers-color-scheme: dark");
  });
});

describe("a section of a page", () => {
  const page = "# Page\n\n<!-- a: written by a command -->\n\nold\n\n<!-- end of a -->\n\nrest\n";

  it("is replaced, and nothing else", () => {
    expect(replaceSection(page, "a", "new\n")).toBe(page.replace("old", "new"));
    expect(replaceSection(replaceSection(page, "a", "x"), "a", "old")).toBe(page);
  });

  it("has to be there", () => {
    expect(() => replaceSection(page, "b", "new")).toThrow("no section between");
  });
});
