import type { Identity } from "../core/self-description/index.ts";
import type { ClientCore } from "./client-core.ts";
import type { ChangeableOptions } from "./client-options.ts";
import type { AnyContract } from "./contract/contract.ts";
import { MsbService } from "./service.ts";

/** What changes the settings of a client: `set()`, and what the other MSB clients have for it. */
export abstract class SettableClient<C extends AnyContract = AnyContract> extends MsbService<C> {
  readonly #core: ClientCore;

  /** @internal */
  constructor(identity: Identity, core: ClientCore) {
    super(identity, core);
    this.#core = core;
  }

  /**
   * Changes settings: all that `new MsbClient()` takes, but for `store`, `socket`, `clock` and `random`. `undefined` gives an
   * option its default back. What belongs to a connection (framing, `tls`, keep-alive, timeouts of connecting and closing,
   * `batch`) counts from the next one on.
   * @throws {MsbDefinitionError} listing everything that is wrong; then nothing has changed.
   * @example
   * client.set({ autoReconnect: false, reconnectInterval: 30_000, logLevel: "info" });
   * client.set({ retryPolicy: undefined }); // reconnectInterval again
   */
  set(changes: ChangeableOptions): void {
    this.#core.set(changes);
  }

  /**
   * {@link MsbClientOptions.reconnectInterval}; the other MSB clients' name for `set({ reconnectInterval })`.
   * @example
   * client.setReconnectInterval(30_000);
   */
  setReconnectInterval(milliseconds: number): void {
    this.#set({ reconnectInterval: milliseconds });
  }

  /**
   * {@link MsbClientOptions.keepAlive} and {@link MsbClientOptions.keepAliveInterval}, from the next connection on;
   * the other MSB clients' name for `set({ keepAlive, keepAliveInterval })`.
   * @example
   * client.setKeepAlive(true, 5_000); // a silent connection is given up after 15 s
   */
  setKeepAlive(enabled: boolean, intervalMilliseconds?: number): void {
    this.#set({
      keepAlive: enabled,
      ...(intervalMilliseconds === undefined ? {} : { keepAliveInterval: intervalMilliseconds }),
    });
  }

  /**
   * {@link MsbClientOptions.autoReconnect}, turned round; the other MSB clients' name for `set({ autoReconnect: false })`.
   * @example
   * client.disableAutoReconnect();
   * client.on("stateChange", ({ state }) => console.log(state)); // disconnected, once the connection is lost
   */
  disableAutoReconnect(disabled = true): void {
    this.#set({ autoReconnect: negated(disabled) });
  }

  /**
   * {@link MsbClientOptions.eventCacheSize}; the other MSB clients' name for `set({ eventCacheSize })`. Of events that
   * wait already, the oldest are dropped.
   * @example
   * client.setEventCacheSize(50_000);
   */
  setEventCacheSize(events: number): void {
    this.#set({ eventCacheSize: events });
  }

  /**
   * {@link MsbClientOptions.eventCache}, turned round; the other MSB clients' name for `set({ eventCache: false })`. What waits
   * already stays.
   * @example
   * client.disableEventCache(); // without a connection, publish() rejects with NOT_CONNECTED at once
   */
  disableEventCache(disabled = true): void {
    this.#set({ eventCache: negated(disabled) });
  }

  /**
   * {@link MsbClientOptions.sockJsFraming}, turned round; the other MSB clients' name for `set({ sockJsFraming: false })`. From
   * the next connection on.
   * @example
   * client.disableSockJsFraming();
   * await client.connect("ws://127.0.0.1:8085"); // raw text frames
   */
  disableSockJsFraming(disabled = true): void {
    this.#set({ sockJsFraming: negated(disabled) });
  }

  /**
   * {@link MsbClientOptions.hostnameVerification}, turned round; the other MSB clients' name for
   * `set({ hostnameVerification: false })`. From the next connection on. It leaves out the host name only: the certificate must still be signed by a trusted authority. An option `tls.checkHostname` goes before it.
   * @example
   * client.disableHostnameVerification();
   * await client.connect("https://192.0.2.7:8084"); // the certificate is made for the name of that host
   */
  disableHostnameVerification(disabled = true): void {
    this.#set({ hostnameVerification: negated(disabled) });
  }

  /**
   * {@link MsbClientOptions.dataFormatValidation}; the other MSB clients' name for `set({ dataFormatValidation })`.
   * @example
   * client.enableDataFormatValidation(false);
   */
  enableDataFormatValidation(enabled = true): void {
    this.#set({ dataFormatValidation: enabled });
  }

  /**
   * Logs what happens. Turned off, it logs less than that: what {@link MsbClientOptions.logLevel} says, at most `info`.
   * @example
   * client.enableDebug(process.argv.includes("--debug"));
   */
  enableDebug(enabled = true): void {
    this.#core.logger.enableDebug(enabled);
  }

  /**
   * Logs what happens, and every message sent and received. Turned off, `enableDebug` decides, or else the option.
   * @example
   * client.enableTrace();
   * await client.register(); // R and IO_REGISTERED are in the log
   * client.enableTrace(false);
   */
  enableTrace(enabled = true): void {
    this.#core.logger.enableTrace(enabled);
  }

  /** A setter gives no default back: what is left out is as wrong as anything else. */
  #set(changes: ChangeableOptions): void {
    const given = Object.entries(changes).map(([name, value]) => [name, value ?? null] as const);
    this.#core.set(Object.fromEntries(given));
  }
}

function negated(flag: boolean): boolean {
  // What is not a boolean is passed on as it is, for the check to name it.
  return typeof flag === "boolean" ? !flag : flag;
}
