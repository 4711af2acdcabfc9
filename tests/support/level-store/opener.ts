// Opens the store at its first argument as another process or another thread, and says what came of it.
import { parentPort, workerData } from "node:worker_threads";
import { levelStore } from "../../../src/level-store/index.ts";

const location: string = parentPort === null ? (process.argv[2] ?? "") : workerData;
const store = levelStore(location);
const answer = await store.open().then(
  () => "opened",
  (error: Error) => error.message,
);
await store.close();
if (parentPort === null) {
  process.stdout.write(answer);
} else {
  parentPort.postMessage(answer);
}
