import { connectChannel } from '../../../contract/rpc/ports';

// An event and not a message: the preload script hears it at once, and the main process gets ready while the other modules
// are still being evaluated. The ports come as messages, which wait until all of them are, and someone listens.
window.dispatchEvent(new Event(connectChannel));
