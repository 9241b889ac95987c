import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { rehypeBase } from './build/base-links.mjs';
import { codeLabels } from './build/code-labels.mjs';
import { GUIDES } from './build/guides.mjs';
import { BASE, ORIGIN, REPOSITORY } from './build/paths.mjs';
import { contentSecurityPolicy } from './build/security-policy.mjs';

const korean = (ko) => ({ ko });

export default defineConfig({
  site: ORIGIN,
  base: BASE,
  trailingSlash: 'always',
  markdown: {
    rehypePlugins: [rehypeBase],
  },
  vite: {
    build: { chunkSizeWarningLimit: 900 },
    worker: { format: 'es' },
  },
  integrations: [
    starlight({
      title: 'cdk8s-pod-patterns',
      description: 'Pods of more than one container, composed right.',
      favicon: '/favicon.svg',
      customCss: ['./src/styles/site.css', './src/generated/pictures.css'],
      social: [{ icon: 'github', label: 'GitHub', href: REPOSITORY }],
      editLink: { baseUrl: `${REPOSITORY}/edit/main/site/` },
      defaultLocale: 'root',
      locales: {
        root: { label: 'English', lang: 'en' },
        ko: { label: '한국어', lang: 'ko' },
      },
      components: { PageTitle: './src/components/PageTitle.astro' },
      expressiveCode: {
        plugins: [codeLabels()],
        themes: ['github-dark', 'github-light'],
        styleOverrides: { borderRadius: '0.25rem' },
      },
      sidebar: [
        {
          label: 'Start',
          translations: korean('시작하기'),
          items: [
            { label: 'Getting started', translations: korean('시작하기'), slug: 'getting-started' },
            { label: 'Playground', translations: korean('플레이그라운드'), slug: 'playground' },
          ],
        },
        {
          label: 'Guides',
          translations: korean('가이드'),
          items: GUIDES,
        },
        {
          label: 'Reference',
          translations: korean('참고'),
          items: [
            { label: 'Catalogue', translations: korean('예제 모음'), slug: 'catalogue' },
            { label: 'Rules', translations: korean('규칙'), slug: 'rules' },
            { label: 'API', translations: korean('API'), slug: 'api' },
            { label: 'Which lines may be lost', translations: korean('유실될 수 있는 로그'), slug: 'delivery' },
          ],
        },
      ],
    }),
    contentSecurityPolicy(),
  ],
});
