import { z } from 'zod';

// zod compiles its object schemas with `new Function`, which the Content Security Policy forbids. Must run before the
// first schema is made: see main.ts.
z.config({ jitless: true });
