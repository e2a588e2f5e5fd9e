import './client/ask-for-ports';
// Before any schema is made; electron.vite.config.ts keeps the order when it cuts the code into chunks.
import './client/zod-setup';
import './app/start';
