/** The colours of a scheme by their names; each text has a contrast of 4.5 to 1 to what it stands on, and more. */
const LIGHT = {
  page: '#ffffff',
  panel: '#f6f8fa',
  card: '#ffffff',
  edge: '#d0d7de',
  text: '#1f2328',
  dim: '#57606a',
  main: '#0550ae',
  'main-fill': '#eaf3ff',
  companion: '#0b6250',
  'companion-fill': '#e6f6f1',
  neutral: '#57606a',
  'neutral-fill': '#f6f8fa',
  error: '#b3261e',
  warning: '#7a4d00',
  'warning-fill': '#fff1c9',
  info: '#57606a',
  sign: '#ffffff',
};
const DARK: typeof LIGHT = {
  page: '#0d1117',
  panel: '#151b23',
  card: '#0d1117',
  edge: '#3d444d',
  text: '#e6edf3',
  dim: '#a3adb8',
  main: '#7cbcff',
  'main-fill': '#0e2440',
  companion: '#5cd6b4',
  'companion-fill': '#0b2b25',
  neutral: '#a3adb8',
  'neutral-fill': '#1b222b',
  error: '#ff9d94',
  warning: '#f0c04a',
  'warning-fill': '#3a2c05',
  info: '#a3adb8',
  sign: '#0d1117',
};

const SANS = '"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif';
const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace';
const TONES = ['text', 'dim', 'main', 'companion', 'neutral', 'error', 'warning', 'info'];

/** The style sheet: light, and dark where the reader prefers that. */
export function renderStyleSheet(): string {
  return [
    `.pod-picture{${renderColours(LIGHT)}}`,
    `@media (prefers-color-scheme:dark){.pod-picture{${renderColours(DARK)}}}`,
    `.pod-picture text{font-family:${SANS};white-space:pre}`,
    'text.title{font-size:19px;font-weight:700}text.heading{font-size:12px;font-weight:700}',
    'text.name{font-size:14px;font-weight:700}text.body{font-size:13px}text.small{font-size:12px}text.digit{font-size:12px;font-weight:700}',
    `.pod-picture .mono{font-family:${MONO};font-size:12px}`,
    ...TONES.map((tone) => `.t-${tone}{fill:var(--${tone})}.l-${tone}{stroke:var(--${tone})}`),
    'rect.page{fill:var(--page)}rect.panel{fill:var(--panel);stroke:var(--edge)}rect.card{fill:var(--card);stroke:var(--edge)}',
    'rect.role-main{fill:var(--main-fill);stroke:var(--main);stroke-width:1.5}',
    'rect.role-native-sidecar,rect.role-sidecar{fill:var(--companion-fill);stroke:var(--companion)}',
    'rect.role-sidecar{stroke-dasharray:5 3}rect.role-init{fill:var(--neutral-fill);stroke:var(--neutral);stroke-dasharray:2 3}',
    '.line{fill:none;stroke-width:1.5}path.l-neutral{stroke:var(--edge)}.dashed{stroke-dasharray:4 3}',
    '.hollow{fill:var(--card);stroke-width:1.5}.arrow-neutral{fill:var(--dim)}',
    '.bar-whole{fill:none;stroke:var(--neutral)}.bar-hook{fill:var(--neutral)}.bar-main{fill:var(--main)}.bar-companion{fill:var(--companion)}',
    '.mark-error{fill:var(--error)}.mark-error+text{fill:var(--sign)}',
    '.mark-warning{fill:var(--warning-fill);stroke:var(--warning);stroke-width:1.5}.mark-warning+text{fill:var(--warning)}',
    '.mark-info{fill:var(--card);stroke:var(--info);stroke-width:1.5}.mark-info+text{fill:var(--text)}',
  ].join('\n');
}

function renderColours(colours: typeof LIGHT): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}
