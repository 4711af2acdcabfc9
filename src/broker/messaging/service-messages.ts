import { randomUUID } from "node:crypto";
import { quote } from "../../support/clip.ts";
import { makeCall } from "../flows/calls.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Log } from "../observing/log.ts";
import { writeConfiguration, writeParameters } from "../protocol/messages.ts";
import { type RawJson, tidyJson, writeJson } from "../protocol/raw-json.ts";
import type { Registry } from "../services/registry.ts";
import { toMessage } from "./call-dispatcher.ts";
import type { OutgoingMessage, Sender } from "./sender.ts";

/** Options of {@link Broker.call}. */
export interface CallOptions {
  /** Sent with the call, and by a client with its response events. @default a new UUID */
  readonly correlationId?: string | undefined;
  /** The whole `functionParameters`, by name, instead of a value: for functions of the Java and C# clients. */
  readonly parameters?: Readonly<Record<string, unknown>> | RawJson | undefined;
}

export interface ServiceMessagesDependencies {
  readonly registry: Registry;
  readonly sender: Sender;
  readonly counters: BrokerCounters;
  readonly log: Log;
}

/** Sends to a service what the user of the broker wants to tell it. Its methods throw if it is not registered now. */
export class ServiceMessages {
  readonly #registry: Registry;
  readonly #sender: Sender;
  readonly #counters: BrokerCounters;
  readonly #log: Log;

  constructor(dependencies: ServiceMessagesDependencies) {
    this.#registry = dependencies.registry;
    this.#sender = dependencies.sender;
    this.#counters = dependencies.counters;
    this.#log = dependencies.log;
  }

  /** `C`. */
  call(uuid: string, functionId: string, value: unknown, options: CallOptions): void {
    const { correlationId = randomUUID(), parameters } = options;
    const json = tidyJson(writeJson(parameters) ?? writeParameters(writeJson(value)));
    this.#send(uuid, [toMessage(makeCall(uuid, functionId, correlationId, json))]);
    this.#counters.callsSent += 1;
  }

  /** `K`. */
  configure(uuid: string, params: Readonly<Record<string, unknown>> | RawJson): void {
    this.#send(uuid, [{ text: writeConfiguration(uuid, params), info: { kind: "K", uuid } }]);
  }

  /** Anything. */
  send(uuid: string, texts: readonly string[]): void {
    this.#send(
      uuid,
      texts.map((text) => ({ text, info: { kind: "other", uuid } })),
    );
  }

  #send(uuid: string, messages: readonly OutgoingMessage[]): void {
    const { connection } = this.#registry.require(uuid);
    if (this.#log.enabled) {
      for (const { info } of messages) {
        const name = info.name === undefined ? "" : ` ${quote(info.name)}`;
        this.#log.write({ level: "debug", uuid, message: `Sent ${info.kind}${name} to ${quote(uuid)}` });
      }
    }
    this.#sender.send(connection, ...messages);
  }
}
