import './client/ask-for-ports';
// Before any schema is created; electron.vite.config.ts keeps this order when it splits the code into chunks.
import './client/zod-setup';
import './app/start';
