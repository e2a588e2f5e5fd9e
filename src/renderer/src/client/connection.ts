import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { mainContract, type MainContract } from '../../../contract/rpc/main-contract';
import { portTransfer } from '../../../contract/rpc/port-transfer';
import { isPortName, portChannel, type PortName } from '../../../contract/rpc/ports';
import { Store } from './store';
import { warehouseContract, type WarehouseContract } from '../../../contract/rpc/warehouse-contract';

export type MainClient = ContractRouterClient<MainContract>;
export type WarehouseClient = ContractRouterClient<WarehouseContract>;

/** A client and its port; a new port makes a new link, with its own id. */
export interface Link<Client> {
  readonly id: number;
  readonly client: Client;
}

export interface ConnectionState {
  /** Whether the main process is reachable; once lost, it stays lost until the window is reloaded. */
  readonly status: 'connecting' | 'ready' | 'lost';
  readonly main: Link<MainClient> | null;
  /** Null while no warehouse process runs: without a workspace, or during a restart. */
  readonly warehouse: Link<WarehouseClient> | null;
}

/** The part of a window that ports arrive at. */
export interface PortReceiver {
  readonly location: { readonly origin: string };
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

/** Receives the window's ports, and replaces a link when a new port arrives. */
export class Connection extends Store<ConnectionState> {
  #lastId = 0;
  readonly #ports = new Map<PortName, MessagePort>();

  constructor(private readonly target: PortReceiver) {
    super({ status: 'connecting', main: null, warehouse: null });
  }

  /** Listens for the ports requested by `ask-for-ports`. */
  open(): void {
    this.target.addEventListener('message', this.#onMessage);
  }

  readonly #onMessage = (event: MessageEvent<unknown>): void => {
    // Other frames and origins can post here too; only this window's preload script is trusted.
    if (event.source !== this.target || event.origin !== this.target.location.origin) return;
    const name = portNameOf(event.data);
    const [port] = event.ports;
    if (name && port) this.#attach(name, port);
  };

  #attach(name: PortName, port: MessagePort): void {
    const previous = this.#ports.get(name);
    this.#ports.set(name, port);
    // Rejects the pending calls of the old link; `close` alone only informs the other end.
    previous?.dispatchEvent(new Event('close'));
    previous?.close();

    const id = ++this.#lastId;
    if (name === 'main') {
      const client: MainClient = createORPCClient(makeLink(port, mainContract));
      this.#update({ status: 'ready', main: { id, client } });
    } else {
      const client: WarehouseClient = createORPCClient(makeLink(port, warehouseContract));
      this.#update({ warehouse: { id, client } });
    }
    port.addEventListener('close', () => this.#detach(name, port));
    port.start();
  }

  #detach(name: PortName, port: MessagePort): void {
    if (this.#ports.get(name) !== port) return;
    this.#ports.delete(name);
    this.#update(name === 'main' ? { status: 'lost', main: null } : { warehouse: null });
  }

  #update(change: Partial<ConnectionState>): void {
    this.replace({ ...this.getSnapshot(), ...change });
  }
}

function portNameOf(message: unknown): PortName | null {
  if (typeof message !== 'object' || message === null) return null;
  if (!('type' in message && message.type === portChannel && 'name' in message)) return null;
  return isPortName(message.name) ? message.name : null;
}

function makeLink(port: MessagePort, contract: AnyContractRouter): RPCLink<Record<never, never>> {
  return new RPCLink({
    port,
    experimental_transfer: portTransfer,
    plugins: [new ResponseValidationPlugin(contract)],
  });
}
