import { defineCollection, z } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';

export const collections = {
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({
      extend: z.object({
        /** Whether the page shows declarations in several languages, of which the reader picks one. */
        apiLanguages: z.boolean().optional(),
      }),
    }),
  }),
};
