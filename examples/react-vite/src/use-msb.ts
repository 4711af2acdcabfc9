import type { AnyContract, Counterpart, EventValueOf, MsbClient, SessionState } from "msb-client-websocket";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

/** Connects and registers while the component is mounted. Returns the state of the client. */
export function useMsb(client: MsbClient, url: string): SessionState {
  useEffect(() => {
    void client.start(url); // a failure goes to the "error" listener of the client, or to the console
    return () => void client.disconnect();
  }, [client, url]);

  const subscribe = useCallback((onChange: () => void) => client.on("stateChange", onChange), [client]);
  const read = () => client.state;
  return useSyncExternalStore(subscribe, read, read); // the second one is for rendering on a server
}

/** The last value of an event of a machine; undefined before the first. */
export function useEvent<C extends AnyContract, Id extends keyof C["events"] & string>(
  machine: Counterpart<C>,
  eventId: Id,
): EventValueOf<C, Id> | undefined {
  const subscribe = useCallback((onChange: () => void) => machine.on(eventId, onChange), [machine, eventId]);
  const read = () => machine.lastValue(eventId)?.value;
  return useSyncExternalStore(subscribe, read, read);
}

/** Whether there is no value yet, or the last one is too old: a machine that is switched off sends nothing. */
export function useIsStale<C extends AnyContract>(
  machine: Counterpart<C>,
  eventId: keyof C["events"] & string,
  milliseconds: number,
): boolean {
  const [isStale, setIsStale] = useState(true);
  useEffect(() => {
    const look = () => setIsStale((machine.lastValue(eventId)?.age ?? Infinity) > milliseconds);
    const timer = setInterval(look, 500);
    const stopListening = machine.on(eventId, look);
    look();
    return () => {
      clearInterval(timer);
      stopListening();
    };
  }, [machine, eventId, milliseconds]);
  return isStale;
}
