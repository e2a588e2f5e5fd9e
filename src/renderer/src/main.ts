// First, before any schema is made; electron.vite.config.ts keeps it first when it cuts the code into chunks.
import './client/zod-setup';
import './app/start';
