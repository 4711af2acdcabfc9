// Puts the official clients, and Spring, in place, as `vitest run tests/interop` does before its first test; measured by itself here.
import { setUpJava } from "./java.ts";
import { setUpPython } from "./python.ts";
import { setUpSpring } from "./spring.ts";

for (const [name, setUp] of Object.entries({ python: setUpPython, java: setUpJava, spring: setUpSpring })) {
  const start = performance.now();
  await setUp();
  console.log(`${name} is there (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}
