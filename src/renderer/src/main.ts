import './client/zod-setup';

// Not a static import: bundling may move modules that are shared between chunks ahead of the line above, and the
// schemas of the contract must be made after it.
void import('./app/start');
