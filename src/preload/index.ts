import { ipcRenderer } from 'electron';
import { connectChannel, isPortName, portChannel } from '../contract/rpc/ports';

/** The window's script asks as it starts: a port sent earlier would be lost. */
window.addEventListener(connectChannel, () => ipcRenderer.send(connectChannel));

/** Nothing is exposed to the page; it receives the ports and calls the contracts over them. */
ipcRenderer.on(portChannel, ({ ports }, name: unknown) => {
  if (isPortName(name)) window.postMessage({ type: portChannel, name }, location.origin, ports);
});
