import { z } from 'zod';

// zod compiles its object schemas with `new Function`, which the Content Security Policy forbids. Must run before the
// first schema is made.
z.config({ jitless: true });
