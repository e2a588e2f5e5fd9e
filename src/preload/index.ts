import { ipcRenderer } from 'electron';
import { connectChannel, isPortName, portChannel } from '../contract/ports';

/** The window's script asks once it listens: a port that came earlier would be lost. */
window.addEventListener('message', ({ source, data }) => {
  if (source === window && isRecord(data) && data.type === connectChannel) ipcRenderer.send(connectChannel);
});

/** Nothing is exposed to the page; it gets the ports and speaks the contract over them. */
ipcRenderer.on(portChannel, ({ ports }, name: unknown) => {
  if (isPortName(name)) window.postMessage({ type: portChannel, name }, location.origin, ports);
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
