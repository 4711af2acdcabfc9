import { describeFailure, fuzz } from "./fuzz/fuzz.ts";

const f = await fuzz({
  rounds: 1,
  seed: 77,
  path: "473:1:2:2:2:2:5:4:7:10:9:11:11:11:11:11:19:18:10:16:21:21:21:23:21:20:22:23:23:23:23:24:21:19:19",
  known: new Set(),
});
console.log(f && describeFailure(f, 77));
