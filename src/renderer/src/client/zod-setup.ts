import { z } from 'zod';

// zod compiles its object schemas with `new Function`, which the Content Security Policy forbids. Must run before the
// first schema is made, hence a module of its own that main.tsx imports first.
z.config({ jitless: true });
