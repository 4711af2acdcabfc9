// The console page of the development broker.
import { render } from "preact";
import { App } from "./app.tsx";
import { keepFocus } from "./components/focus-keeper.ts";
import { watchActivity } from "./data/activity.ts";
import { startRefreshing } from "./data/broker-state.ts";
import { watchTrace, wrongs } from "./data/trace-store.ts";
import { watchConnection } from "./data/watch-connection.ts";

// A token that came with the address is in a cookie by now, and should not stay where it is seen and copied.
const address = new URL(location.href);
if (address.searchParams.has("token")) {
  address.searchParams.delete("token");
  history.replaceState(null, "", address);
}

const root = document.getElementById("console");
if (root !== null) {
  render(<App />, root);
  keepFocus(root);
}
startRefreshing();
watchActivity(wrongs);
watchTrace();
watchConnection();
