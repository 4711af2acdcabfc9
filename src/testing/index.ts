export type { WaitOptions } from "./arrivals.ts";
export { FakeClock, settled } from "./fake-clock.ts";
export { type ScriptedClient, scriptedClient } from "./scripted-client.ts";
export { type ScriptedCallOptions, type ScriptedEvent, ScriptedServer } from "./scripted-server.ts";
export type { ScriptedSocket } from "./scripted-socket.ts";
export { startTestBench, type TestBench } from "./test-bench.ts";
export type { TestCounterpart } from "./test-counterpart.ts";
export type { TestCall, TestMachine } from "./test-machine.ts";
