import { connectChannel } from '../../../contract/rpc/ports';

// An event rather than a message: the preload script receives it at once, so the main process prepares while the other
// modules are still being evaluated. The ports come as messages, which are delivered once all modules are loaded and a
// listener exists.
window.dispatchEvent(new Event(connectChannel));
